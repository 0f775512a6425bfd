using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Waiting;

/// <summary>The delays between polls: growing, bounded and spread at random, so that many waits do not poll in step. Each call moves it on.</summary>
internal struct PollSchedule(PollingOptions options, Random random)
{
    private readonly Backoff backoff = new(options.Interval, options.Multiplier, options.MaxInterval, options.Jitter);
    private int polls;

    /// <summary>Adds jitter to a delay of another schedule.</summary>
    public readonly TimeSpan Spread(TimeSpan delay) => backoff.Spread(delay, random);

    public TimeSpan Next() => polls++ == 0 ? backoff.Spread(options.InitialDelay, random) : backoff.Delay(polls - 2, random);
}
