namespace Wan27.Sdk.TestSupport;

/// <summary>A clock that runs many times faster than the system's: hours of backoff pass in moments, and timeouts keep their ratio.</summary>
internal sealed class ShortClock(int factor = ShortClock.Thousand) : TimeProvider
{
    private const int Thousand = 1000;

    private readonly long began = System.GetTimestamp();

    public override long GetTimestamp() => began + ((System.GetTimestamp() - began) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ShortTimer(System.CreateTimer(callback, state, Shorten(dueTime, factor), Shorten(period, factor)), factor);

    private static TimeSpan Shorten(TimeSpan time, int factor) => time <= TimeSpan.Zero ? time : time / factor;

    private sealed class ShortTimer(ITimer timer, int factor) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Shorten(dueTime, factor), Shorten(period, factor));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
