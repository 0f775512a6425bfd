using Wan27.Sdk.Errors;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>The result of a call for its caller: a generation or an exception.</summary>
internal sealed record CallOutcome(VideoGeneration? Generation, Exception? Error)
{
    public bool IsUnknown => Error is WanSubmissionUnknownException;

    /// <summary>The generation that the caller has or can get.</summary>
    public string? GenerationId => Generation?.Id ?? (Error as WanException)?.GenerationId;

    public static async Task<CallOutcome> OfAsync(Func<Task<VideoGeneration>> call)
    {
        try
        {
            return new CallOutcome(await call(), null);
        }
        catch (Exception e)
        {
            return new CallOutcome(null, e);
        }
    }

    /// <summary>What is untrue about it; null when it agrees with what really happened.</summary>
    /// <param name="ledger">What really happened.</param>
    /// <param name="clientRequestId">The id of the submission.</param>
    /// <param name="now">The end of the call.</param>
    public string? FindContradiction(ServerLedger ledger, string clientRequestId, DateTimeOffset now) => this switch
    {
        _ when ledger.Accepted.Count > 1 => $"{ledger.Accepted.Count} generations were accepted",
        _ when ledger.SecondBodies > 0 => $"{ledger.SecondBodies} more bodies were sent after an unclear response",
        { Generation: { } generation } => FindContradiction(generation, ledger, clientRequestId),
        { IsUnknown: true } => LieOfUnknown((WanSubmissionUnknownException)Error!, ledger, now),
        { Error: WanApiException or WanConnectionException or WanApiException, GenerationId: { } id } => ledger.Accepted is [{ } accepted] && accepted.Id == id ? null : $"it names {id}",
        { Error: WanApiException or WanConnectionException } =>
            ledger.Accepted.Count == 0 && !ledger.IsUnclear ? null : "it reports that no generation exists",
        { Error: WanConfigurationException } => null,
        _ => $"it is an unexpected {Error?.GetType().Name}: {Error?.Message}",
    };

    private static string? FindContradiction(VideoGeneration generation, ServerLedger ledger, string clientRequestId) =>
        ledger.Accepted is not [{ } accepted] ? "it has a generation although none was accepted"
        : accepted.Id != generation.Id ? $"it has {generation.Id}, accepted was {accepted.Id}"
        : accepted.ClientRequestId != clientRequestId || generation.ClientRequestId != clientRequestId ? "the client request id is not the caller's"
        : null;

    // The last search is made at the deadline and the one before it at most a minute earlier.
    private static string? LieOfUnknown(WanSubmissionUnknownException unknown, ServerLedger ledger, DateTimeOffset now) =>
        unknown.Phase is SubmissionPhase.NotSent ? "it reports an unknown outcome of a request that was not sent"
        : unknown.CandidateGenerationIds.Count > 0 ? "it names candidates"
        : ledger.Accepted is not [{ } accepted] || unknown.GenerationId == accepted.Id ? null
        : unknown.GenerationId is not null ? $"it names {unknown.GenerationId}"
        : accepted.ListedFrom < now.AddMinutes(-1) ? $"the log had had {accepted.Id} since {now - accepted.ListedFrom}"
        : null;
}
