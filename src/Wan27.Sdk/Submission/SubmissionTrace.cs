namespace Wan27.Sdk.Submission;

/// <summary>All that is known of a submission whose answer was lost.</summary>
/// <param name="ClientRequestId">The id under which it was sent.</param>
/// <param name="Phase">How far it got.</param>
/// <param name="Evidence">What happened, in words.</param>
internal sealed record SubmissionTrace(string ClientRequestId, SubmissionPhase Phase, string Evidence)
{
    /// <summary>The task's id, if the head of an answer arrived with it.</summary>
    public string? InferenceId { get; init; }

    /// <summary>When it was sent, and how far the clock that says so may be off; null when only the present is known.</summary>
    public (DateTimeOffset Moment, TimeSpan Reach)? Window { get; init; }

    public Exception? Cause { get; init; }
}
