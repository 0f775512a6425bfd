namespace Wan27.Sdk.Transport;

/// <summary>Growing delays between attempts. Jitter spreads them, so that many clients do not try again in step.</summary>
/// <param name="First">The first delay.</param>
/// <param name="Factor">How much longer each delay is than the one before.</param>
/// <param name="Longest">The longest delay, before jitter.</param>
/// <param name="Jitter">The part of itself by which a delay may be longer or shorter: 0 to 1.</param>
internal readonly record struct Backoff(TimeSpan First, double Factor, TimeSpan Longest, double Jitter = 0)
{
    /// <summary>Gets the delays between HTTP requests that failed, and between the connections of a download, which has no jitter.</summary>
    public static Backoff OfRequests { get; } = new(TimeSpan.FromSeconds(0.5), 2, TimeSpan.FromSeconds(8), 0.5);

    /// <param name="attempt">The attempts that failed before, from 0.</param>
    /// <param name="random">Where the jitter comes from; null if there is none.</param>
    public TimeSpan Delay(int attempt, Random? random = null) => Spread(Math.Min(First.TotalMilliseconds * Math.Pow(Factor, attempt), Longest.TotalMilliseconds), random);

    /// <summary>Adds jitter to a delay.</summary>
    public TimeSpan Spread(TimeSpan delay, Random random) => Spread(delay.TotalMilliseconds, random);

    private TimeSpan Spread(double milliseconds, Random? random)
    {
        var spread = random is null ? milliseconds : milliseconds * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
        return TimeSpan.FromMilliseconds(Math.Min(spread, Deadline.LongestTimer.TotalMilliseconds));
    }
}
