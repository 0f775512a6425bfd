using System.Collections.Concurrent;

namespace Wan27.Sdk.EmulatorTests.Campaign.FaultedSubmits;

/// <summary>What a campaign came to, in one line.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> counts = new();

    public ConcurrentBag<string> Lies { get; } = [];

    public int this[string what] => counts.GetValueOrDefault(what);

    public void Add(string what, int count = 1) => counts.AddOrUpdate(what, count, (_, sum) => sum + count);

    public void Add(Belief belief) => Add(
        belief.Generation is not null ? "known"
        : belief.IsUnknown ? "unknown"
        : belief.Error is WanConfigurationException ? "journal failed"
        : belief.TaskId is not null ? "known, not read"
        : belief.Error is WanConnectionException ? "not sent"
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
