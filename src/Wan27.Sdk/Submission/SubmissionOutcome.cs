namespace Wan27.Sdk.Submission;

/// <summary>What one attempt at the paid request came to. Three ways, and the third is a state and not an error to retry.</summary>
internal abstract record SubmissionOutcome
{
    /// <summary>The task exists.</summary>
    public sealed record Accepted(VideoGeneration Generation) : SubmissionOutcome;

    /// <summary>No task exists: nothing complete was sent, or the service said no.</summary>
    /// <param name="Error">What to tell the caller.</param>
    /// <param name="MayRetry">Whether a new request may be sent.</param>
    public sealed record Refused(WanException Error, bool MayRetry) : SubmissionOutcome;

    /// <summary>A task may exist. Never sent again; looked for.</summary>
    public sealed record Ambiguous(SubmissionTrace Trace) : SubmissionOutcome;
}
