namespace Wan27.Sdk;

/// <summary>
/// A submission left this machine and its outcome could not be learnt: a task may be running and may be charged.
/// Find it later with <see cref="IWanVideoClient.FindGenerationsAsync"/>; submitting again may buy a second video.
/// </summary>
public sealed class WanSubmissionUnknownException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="clientRequestId">The id under which the submission was sent.</param>
    /// <param name="phase">How far the submission got.</param>
    /// <param name="evidence">What is known of the outcome: the fault or the answer, and what the search found.</param>
    /// <param name="innerException">The fault that hid the outcome.</param>
    public WanSubmissionUnknownException(
        string clientRequestId, SubmissionPhase phase, IReadOnlyList<string> evidence, Exception? innerException = null)
        : base(Describe(clientRequestId, phase, evidence), innerException)
    {
        ClientRequestId = clientRequestId;
        Phase = phase;
        Evidence = evidence;
    }

    /// <summary>How far the submission got.</summary>
    public SubmissionPhase Phase { get; }

    /// <summary>What is known of the outcome, in order of time: the fault or the answer, and what the search found.</summary>
    public IReadOnlyList<string> Evidence { get; }

    /// <summary>The tasks that bear the submission's id, where there are several or the only one cannot be read; otherwise empty.</summary>
    public IReadOnlyList<string> CandidateGenerationIds { get; init; } = [];

    // The message names the way back by the client's id; whether the task exists is what is not known.
    private protected override string? WayBack() => null;

    private static string Describe(string clientRequestId, SubmissionPhase phase, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return $"The outcome of submission '{clientRequestId}' is unknown (phase: {phase}); a task may be running and may be charged. "
            + $"Known: {string.Join("; ", evidence)}. Look for it later with FindGenerationsAsync(\"{clientRequestId}\").";
    }
}
