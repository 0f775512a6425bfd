using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Waiting;

/// <summary>The delays between polls: growing, bounded and spread at random, so that many waits do not ask in step. Each call moves it on.</summary>
internal struct PollSchedule(PollingOptions options, Random random)
{
    private double interval = options.Interval.TotalMilliseconds;
    private bool isFirst = true;

    public TimeSpan Next()
    {
        var nominal = isFirst ? options.InitialDelay.TotalMilliseconds : interval;
        if (!isFirst)
            interval = Math.Min(interval * options.Multiplier, options.MaxInterval.TotalMilliseconds);
        isFirst = false;
        var spread = nominal * (1 + (options.Jitter * ((2 * random.NextDouble()) - 1)));
        return TimeSpan.FromMilliseconds(Math.Min(spread, Deadline.LongestTimer.TotalMilliseconds));
    }
}
