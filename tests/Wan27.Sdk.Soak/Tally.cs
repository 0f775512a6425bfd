using System.Collections.Concurrent;
using System.Globalization;

namespace Wan27.Sdk.Soak;

/// <summary>The number of times each event happened, and the events that must never happen.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, long> counts = new();
    private readonly ConcurrentQueue<string> findings = [];

    public IEnumerable<string> Findings => findings;

    public long this[string what] => counts.GetValueOrDefault(what);

    public void Add(string what, long count = 1) => counts.AddOrUpdate(what, count, (_, sum) => sum + count);

    public void Find(string finding) => findings.Enqueue(finding);

    public override string ToString() => string.Join('\n', counts
        .OrderBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value,12:N0} {count.Key}")));
}
