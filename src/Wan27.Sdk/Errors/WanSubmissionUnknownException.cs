using Wan27.Sdk.Errors;

namespace Wan27.Sdk;

/// <summary>
/// A request was sent, and its outcome is unknown: a generation may exist and may be charged. Search for it later with
/// <see cref="IWanVideoClient.FindGenerationsAsync"/>; another submission may buy a second video.
/// </summary>
public sealed class WanSubmissionUnknownException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanSubmissionUnknownException"/> class.</summary>
    /// <param name="clientRequestId">The id under which the submission was sent.</param>
    /// <param name="evidence">What is known of the outcome, in order of time.</param>
    /// <param name="innerException">The error that hid the outcome.</param>
    public WanSubmissionUnknownException(string clientRequestId, IReadOnlyList<string> evidence, Exception? innerException = null)
        : base(Describe(clientRequestId, evidence), innerException)
    {
        ClientRequestId = clientRequestId;
        Evidence = evidence;
    }

    /// <summary>Gets what is known of the outcome, in order of time: how far the request got, the error or the response, and what the search found.</summary>
    public IReadOnlyList<string> Evidence { get; }

    /// <summary>Gets the ids of the generations that have the submission's id, if there are several or the only one cannot be read.</summary>
    /// <value>The ids; otherwise empty.</value>
    public IReadOnlyList<string> CandidateGenerationIds { get; init; } = [];

    /// <summary>Gets how far the request got.</summary>
    internal SubmissionPhase Phase { get; init; } = SubmissionPhase.Sent;

    // The message names the next step with the submission's id, because it is unknown whether the generation exists.
    private protected override string? NextStep() => null;

    private static string Describe(string clientRequestId, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return $"The outcome of submission '{clientRequestId}' is unknown; a generation may exist and may be charged. Known: {string.Join("; ", evidence)}. "
            + $"Search for it later with FindGenerationsAsync(\"{clientRequestId}\").";
    }
}
