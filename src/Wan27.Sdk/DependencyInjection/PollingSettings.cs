namespace Wan27.Sdk.DependencyInjection;

/// <summary>The polling schedule as a configuration file can hold it.</summary>
internal sealed class PollingSettings
{
    public static readonly string[] Names =
    [
        nameof(InitialDelay), nameof(Interval), nameof(Multiplier), nameof(MaxInterval), nameof(Jitter), nameof(Timeout), nameof(MaxConsecutiveFailures),
    ];

    public TimeSpan? InitialDelay { get; set; }

    public TimeSpan? Interval { get; set; }

    public double? Multiplier { get; set; }

    public TimeSpan? MaxInterval { get; set; }

    public double? Jitter { get; set; }

    public TimeSpan? Timeout { get; set; }

    public int? MaxConsecutiveFailures { get; set; }

    public PollingOptions ApplyTo(PollingOptions options) => new()
    {
        InitialDelay = InitialDelay ?? options.InitialDelay,
        Interval = Interval ?? options.Interval,
        Multiplier = Multiplier ?? options.Multiplier,
        MaxInterval = MaxInterval ?? options.MaxInterval,
        Jitter = Jitter ?? options.Jitter,
        Timeout = Timeout ?? options.Timeout,
        MaxConsecutiveFailures = MaxConsecutiveFailures ?? options.MaxConsecutiveFailures,
    };
}
