using System.Globalization;

namespace Wan27.Sdk.Soak;

/// <summary>Compares the usage at the end with that after the warm-up, each the minimum of several rounds: a pool may vary, a leak never shrinks.</summary>
internal sealed class Growth
{
    /// <summary>The rounds until everything is compiled and every pool is filled.</summary>
    private const double WarmUp = 0.2;

    /// <summary>Each caller may leave an idle connection to the API and one to the files in a pool.</summary>
    private const long Pooled = 2 * Soak.Callers;

    private static readonly (string Name, Func<ResourceUsage, long> Of, long Most)[] Limits =
    [
        ("bytes of live heap", vitals => vitals.Heap, 1024 * 1024),
        ("handles", vitals => vitals.Handles, Pooled),
        ("threads", vitals => vitals.Threads, 8),
        ("open connections", vitals => vitals.Connections, Pooled),
    ];

    private readonly List<ResourceUsage> rounds = [];

    public void Add(ResourceUsage vitals) => rounds.Add(vitals);

    public IEnumerable<string> Findings()
    {
        foreach (var (name, of, most) in Limits)
        {
            var (early, late) = Compare(of);
            if (late - early > most)
                yield return $"GROWTH: {name} from {early:N0} to {late:N0}";
        }
    }

    public override string ToString() => string.Join('\n', Limits.Select(limit =>
    {
        var (early, late) = Compare(limit.Of);
        return string.Create(CultureInfo.InvariantCulture, $"{early,12:N0} -> {late:N0} {limit.Name} (at most {limit.Most:N0} more)");
    }));

    private (long Early, long Late) Compare(Func<ResourceUsage, long> of)
    {
        var warm = rounds.Skip((int)Math.Ceiling(rounds.Count * WarmUp)).Select(of).ToList();
        var part = (warm.Count + 2) / 3;
        return part == 0 ? default : (warm.Take(part).Min(), warm.TakeLast(part).Min());
    }
}
