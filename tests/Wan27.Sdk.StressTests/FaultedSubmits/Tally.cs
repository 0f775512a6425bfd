using System.Collections.Concurrent;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>The result of a campaign, in one line.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> counts = new();

    public ConcurrentBag<string> Contradictions { get; } = [];

    public int this[string what] => counts.GetValueOrDefault(what);

    public void Add(string what, int count = 1) => counts.AddOrUpdate(what, count, (_, sum) => sum + count);

    public void Add(CallOutcome outcome) => Add(
        outcome.Generation is not null ? "known"
        : outcome.IsUnknown ? "unknown"
        : outcome.Error is WanConfigurationException ? "journal failed"
        : outcome.GenerationId is not null ? "known, not read"
        : outcome.Error is WanConnectionException ? "not sent"
        : "refused");

    public void Add(ServerLedger ledger)
    {
        Add("posts", ledger.Posts);
        Add("complete bodies", ledger.CompleteBodies);
        Add("accepted", ledger.Accepted.Count);
        Add("duplicates", Math.Max(0, ledger.Accepted.Count - 1));
        Add("replays refused", ledger.ReplaysRefused);
    }

    public override string ToString() => string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value:N0}"));
}
