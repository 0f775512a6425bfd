namespace Wan27.Sdk;

/// <summary>
/// When to ask for a task, and when to stop. The default was chosen for what was seen of Wan 2.7 (5 s clips take about 64 s, 10 s ones
/// about 9 min): a 64 s task is asked for about 9 times and seen at most 5 s late on average.
/// </summary>
public sealed record PollingOptions
{
    /// <summary>The schedule used where none is given.</summary>
    public static PollingOptions Default { get; } = new();

    /// <summary>From the start of a wait to its first poll, also where it goes on with an earlier task. Zero or more; default: 10 s.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the first poll to the second. More than zero; default: 6 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>By how much each interval is longer than the one before. 1 or more; default: 1.05.</summary>
    public double Multiplier { get; init; } = 1.05;

    /// <summary>The longest interval. At least <see cref="Interval"/>; default: 15 s, the vendor's own.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>By which part of itself an interval may be longer or shorter, at random, so that many waits do not ask in step. 0 to 1; default: 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>How long to wait in all before <see cref="WanWaitTimeoutException"/>. More than zero, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>; default: 20 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How many polls in a row may fail, each after its own retries, before the last error is thrown. 0 or more; default: 5.</summary>
    public int MaxConsecutiveFailures { get; init; } = 5;

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void ThrowIfInvalid()
    {
        if (Problem() is { } problem)
            throw new ArgumentException($"{nameof(PollingOptions)}.{problem}");
    }

    /// <summary>The first value that is outside its range, in words; null when there is none.</summary>
    internal string? Problem() =>
        InitialDelay < TimeSpan.Zero ? Outside(nameof(InitialDelay), InitialDelay, "0 or more")
        : Interval <= TimeSpan.Zero ? Outside(nameof(Interval), Interval, "more than 0")
        : MaxInterval < Interval ? Outside(nameof(MaxInterval), MaxInterval, $"{nameof(Interval)} ({Interval:c}) or more")
        : Timeout <= TimeSpan.Zero && Timeout != System.Threading.Timeout.InfiniteTimeSpan ? Outside(nameof(Timeout), Timeout, "more than 0, or infinite")
        : !(Multiplier >= 1 && double.IsFinite(Multiplier)) ? Outside(nameof(Multiplier), Multiplier, "1 or more")
        : Jitter is not (>= 0 and <= 1) ? Outside(nameof(Jitter), Jitter, "0 to 1")
        : MaxConsecutiveFailures < 0 ? Outside(nameof(MaxConsecutiveFailures), MaxConsecutiveFailures, "0 or more")
        : null;

    private static string Outside<T>(string name, T value, string range) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {value}; the range is {range}.");
}
