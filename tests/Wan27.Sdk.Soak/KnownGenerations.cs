using System.Collections.Concurrent;

namespace Wan27.Sdk.Soak;

/// <summary>The ids of generations that callers were given, by the id of the submission.</summary>
internal sealed class KnownGenerations
{
    private readonly ConcurrentBag<(string Submission, string Generation)> all = [];

    public void Add(string submission, string generation) => all.Add((submission, generation));

    public IEnumerable<(string Submission, string Generation)> All => all;
}
