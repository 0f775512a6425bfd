namespace Wan27.Sdk;

/// <summary>
/// Represents when to poll a generation, and when to stop. The defaults were chosen for the durations that were observed for Wan 2.7 (about 64 s
/// for videos of 5 s, about 9 min for videos of 10 s): a generation of 64 s is polled about 9 times, and its end is seen at most 5 s late on
/// average. If it is known what a generation takes, it is polled as often as that requires: see <see cref="UseExpectedDuration"/>.
/// </summary>
public sealed record PollingOptions
{
    /// <summary>The limit of every time. .NET reads a number without colons as days, which is therefore never in range.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromDays(1);

    /// <summary>Gets the default options.</summary>
    public static PollingOptions Default { get; } = new();

    /// <summary>Gets the time from the start of a wait to its first poll; from an id alone, whose generation is read at once, to the second.</summary>
    /// <value>0 or more, less than 1 day. The default is 10 s.</value>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the time from the first poll to the second.</summary>
    /// <value>More than 0, less than 1 day. The default is 6 s.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Gets the factor by which each interval is longer than the previous one.</summary>
    /// <value>1 or more. The default is 1.05.</value>
    public double Multiplier { get; init; } = 1.05;

    /// <summary>Gets the longest interval.</summary>
    /// <value>At least <see cref="Interval"/>, less than 1 day. The default is 15 s, as the API documentation recommends.</value>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets the part of itself by which an interval may be longer or shorter, at random, so that many waits do not poll at the same time.
    /// </summary>
    /// <value>0 to 1. The default is 0.2.</value>
    public double Jitter { get; init; } = 0.2;

    /// <summary>
    /// Gets whether a wait is paced by the duration that is expected of its generation: polls at a quarter and at half of it, then each 6 % of it, at least 5.4 s
    /// apart. Simulated, a generation of about 64 s is polled 9 times and its end seen 2.8 s late; one of 8 or 14 min 11 times, and 3.4 % late.
    /// </summary>
    /// <remarks>
    /// It applies if <see cref="InitialDelay"/>, <see cref="Interval"/>, <see cref="Multiplier"/> and <see cref="MaxInterval"/> have their defaults, and to
    /// generations that this client has submitted. What they take is known from the latest 3 to 9 that this client waited for, of the same model, duration and
    /// resolution; before that, from the median that the service publishes for the model, which is read once in 5 min. Where neither is known, the pace is the
    /// one of the other properties.
    /// </remarks>
    /// <value>The default is true.</value>
    public bool UseExpectedDuration { get; init; } = true;

    /// <summary>Gets how long to wait before <see cref="WanWaitTimeoutException"/> is thrown.</summary>
    /// <value>More than 0, less than 1 day, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. The default is 20 min.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Gets how many polls in a row may fail, each after its own retries, before the last error is thrown.</summary>
    /// <value>0 or more. The default is 5.</value>
    public int MaxConsecutiveFailures { get; init; } = 5;

    /// <summary>Gets a value indicating whether the expected duration sets the pace.</summary>
    internal bool IsPacedByDuration => UseExpectedDuration
        && (InitialDelay, Interval, Multiplier, MaxInterval) == (Default.InitialDelay, Default.Interval, Default.Multiplier, Default.MaxInterval);

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void ThrowIfInvalid()
    {
        if (Problem() is { } problem)
            throw new ArgumentException($"{nameof(PollingOptions)}.{problem}");
    }

    /// <summary>Returns the first value that is out of range, in words; null if there is none.</summary>
    internal string? Problem() =>
        InitialDelay < TimeSpan.Zero || InitialDelay >= Limit ? Outside(nameof(InitialDelay), InitialDelay, "0 or more, less than 1 day")
        : Interval <= TimeSpan.Zero || Interval >= Limit ? Outside(nameof(Interval), Interval, "more than 0, less than 1 day")
        : MaxInterval < Interval || MaxInterval >= Limit ? Outside(nameof(MaxInterval), MaxInterval, $"{nameof(Interval)} ({Interval:c}) or more, less than 1 day")
        : (Timeout <= TimeSpan.Zero || Timeout >= Limit) && Timeout != System.Threading.Timeout.InfiniteTimeSpan
            ? Outside(nameof(Timeout), Timeout, "more than 0, less than 1 day, or infinite")
        : !(Multiplier >= 1 && double.IsFinite(Multiplier)) ? Outside(nameof(Multiplier), Multiplier, "1 or more")
        : Jitter is not (>= 0 and <= 1) ? Outside(nameof(Jitter), Jitter, "0 to 1")
        : MaxConsecutiveFailures < 0 ? Outside(nameof(MaxConsecutiveFailures), MaxConsecutiveFailures, "0 or more")
        : null;

    /// <summary>Describes a time that is out of range, with its likely meaning if it was read as days.</summary>
    internal static string Outside(string name, TimeSpan value, string range) => Outside<TimeSpan>(name, value, range) + value.Days switch
    {
        < 1 => "",
        var days when days < Limit.TotalSeconds =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $" A number without colons is read as days, and so are hours above 23; {days} s is written {TimeSpan.FromSeconds(days):c}."),
        _ => " A number without colons is read as days.",
    };

    internal static string Outside<T>(string name, T value, string range) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {value}; the range is {range}.");
}
