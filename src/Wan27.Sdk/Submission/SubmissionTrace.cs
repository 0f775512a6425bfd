using Wan27.Sdk.Errors;
using Wan27.Sdk.Redaction;

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

    /// <summary>What the service refused with, if the generation that it named turns out to be unknown to it; null if the response was no refusal.</summary>
    public WanApiException? Refusal { get; init; }

    /// <summary>Looks, between two searches of the log, whether the outcome became known elsewhere, which ends it; null if nobody else knows it.</summary>
    public Func<CancellationToken, Task<bool>>? IsKnownElsewhere { get; init; }

    /// <summary>Knows what the service must not repeat of the request.</summary>
    public Redactor Redactor { get; init; } = Redactor.None;

    /// <summary>Creates the exception for an outcome that stays unknown.</summary>
    /// <param name="finding">What the search found.</param>
    /// <param name="candidates">The generations that have the id; null if there is at most one.</param>
    public WanSubmissionUnknownException Unknown(string finding, IReadOnlyList<string>? candidates = null) =>
        new(ClientRequestId, [Evidence, finding], Cause)
        {
            Phase = Phase,
            GenerationId = candidates is null ? InferenceId : null,
            CandidateGenerationIds = candidates ?? [],
        };
}
