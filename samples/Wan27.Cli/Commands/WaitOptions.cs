using System.CommandLine;

namespace Wan27.Cli.Commands;

/// <summary>The options for polling.</summary>
internal sealed class WaitOptions
{
    private readonly Option<TimeSpan?> timeout = Durations.Option("--timeout", "How long to wait for the video. Default: 20m.");

    private readonly Option<TimeSpan?> interval = Durations.Option("--interval", "The polling interval. Default: 10 s, then 6 to 15 s.");

    public WaitOptions(Command command)
    {
        command.Add(timeout);
        command.Add(interval);
    }

    /// <exception cref="UsageException">A duration is out of range.</exception>
    public PollingOptions Read(ParseResult parsed)
    {
        var polling = PollingOptions.Default with { Timeout = parsed.GetValue(timeout) ?? PollingOptions.Default.Timeout };
        if (parsed.GetValue(interval) is { } every)
            polling = polling with { InitialDelay = every, Interval = every, MaxInterval = every };
        return IsInRange(polling.Interval) && IsInRange(polling.Timeout) ? polling : throw new UsageException("--timeout and --interval must be more than 0 and less than 24h.");

        static bool IsInRange(TimeSpan time) => time > TimeSpan.Zero && time < TimeSpan.FromHours(24);
    }
}
