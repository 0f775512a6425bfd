using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Submission;

/// <summary>What an attempt at the paid request came to.</summary>
internal abstract record SubmissionOutcome
{
    /// <summary>The generation exists.</summary>
    public sealed record Accepted(VideoGeneration Generation) : SubmissionOutcome;

    /// <summary>No generation exists: nothing complete was sent, or the service refused.</summary>
    /// <param name="Error">What is reported to the caller.</param>
    /// <param name="MayRetry">Whether a new request may be sent.</param>
    public sealed record Refused(WanException Error, bool MayRetry) : SubmissionOutcome;

    /// <summary>The caller canceled.</summary>
    /// <param name="Phase">How far the attempt got.</param>
    /// <param name="GenerationId">The generation's id, if response headers arrived with it.</param>
    public sealed record Canceled(SubmissionPhase Phase, string? GenerationId) : SubmissionOutcome;

    /// <summary>A generation may exist. It is never sent again, but searched for: a state, and not an error to retry.</summary>
    public sealed record Ambiguous(SubmissionTrace Trace) : SubmissionOutcome;
}
