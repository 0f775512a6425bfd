using Wan27.Sdk.Fuzz.Targets;

namespace Wan27.Sdk.Fuzz;

/// <summary>One way by which bytes from outside come in.</summary>
/// <param name="Name">What it is called on the command line and in the corpus.</param>
/// <param name="Feed">Takes any bytes, and throws only if a promise is broken.</param>
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
        new("file-answer", FileAnswerTarget.Feed),
        new("container", ContainerTarget.Feed),
        new("journal", JournalTarget.Feed),
    ];

    /// <exception cref="ArgumentException">There is no such target.</exception>
    public static FuzzTarget Of(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}'; there are {string.Join(", ", All.Select(target => target.Name))}.");
}
