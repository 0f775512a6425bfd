using Wan27.Sdk.Fuzz.Targets;

namespace Wan27.Sdk.Fuzz;

/// <summary>One parser of external bytes.</summary>
/// <param name="Name">Its name on the command line and in the corpus.</param>
/// <param name="Feed">Accepts any bytes, and throws only if a promise is broken.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Feed)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("media", MediaTarget.Feed),
        new("generation", GenerationTarget.Feed),
        new("error", ErrorTarget.Feed),
        new("words", WordsTarget.Feed),
        new("read", ReadTarget.Feed),
        new("submit", SubmitTarget.Feed),
        new("retry-after", RetryAfterTarget.Feed),
        new("file-answer", FileResponseTarget.Feed),
        new("container", ContainerTarget.Feed),
        new("journal", JournalTarget.Feed),
    ];

    /// <exception cref="ArgumentException">The target does not exist.</exception>
    public static FuzzTarget Of(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}'; there are {string.Join(", ", All.Select(target => target.Name))}.");
}
