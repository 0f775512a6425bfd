namespace Wan27.Sdk.Submission;

/// <summary>All that is known of a submission whose answer was lost.</summary>
/// <param name="ClientRequestId">The id under which it was sent.</param>
/// <param name="Phase">How far it got.</param>
/// <param name="Evidence">What happened, in words.</param>
internal sealed record SubmissionTrace(string ClientRequestId, SubmissionPhase Phase, string Evidence)
{
    /// <summary>The task's id, if the head of an answer arrived with it.</summary>
    public string? InferenceId { get; init; }

    /// <summary>The server's clock at the time, if the head of an answer arrived.</summary>
    public DateTimeOffset? ServerDate { get; init; }

    public Exception? Cause { get; init; }
}
