using Wan27.Sdk.Errors;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Submission;

/// <summary>What is known of a submission whose response was lost.</summary>
/// <param name="ClientRequestId">The id under which it was sent.</param>
/// <param name="Phase">How far it got.</param>
/// <param name="Evidence">What happened, in words.</param>
internal sealed record SubmissionTrace(string ClientRequestId, SubmissionPhase Phase, string Evidence)
{
    /// <summary>Gets the id of the generation, if response headers contained it.</summary>
    public string? InferenceId { get; init; }

    /// <summary>Gets when it was sent, and how far that clock may be off; null if unknown.</summary>
    public (DateTimeOffset Moment, TimeSpan Reach)? Window { get; init; }

    public Exception? Cause { get; init; }

    /// <summary>What the service refused with, if the generation that it named turns out to be unknown to it; null if the response was no refusal.</summary>
    public WanApiException? Refusal { get; init; }

    /// <summary>Gets what checks, between two searches of the log, whether the outcome became known elsewhere, which ends the search; null for nothing.</summary>
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
