namespace Wan27.Sdk.TestSupport;

/// <summary>A clock on which a pause ends at once, and a timeout fires only when a test requests it.</summary>
internal sealed class DownloadClock : TimeProvider
{
    /// <summary>A timer of at least this length is a timeout: the idle timeout of a host is thirty seconds.</summary>
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(30);

    private long elapsed;
    private int timeoutTriggered;
    private int limits;

    /// <summary>The number of running timeouts.</summary>
    public int Limits => Volatile.Read(ref limits);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref elapsed);

    public void Advance(TimeSpan by) => Interlocked.Add(ref elapsed, by.Ticks);

    /// <summary>Makes the next timeout that is set fire.</summary>
    public void TriggerTimeout() => Volatile.Write(ref timeoutTriggered, 1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(DownloadClock clock, Action fire) : ITimer
    {
        private bool isRunning;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Run(dueTime >= ShortestLimit);
            if (dueTime < TimeSpan.Zero || (dueTime >= ShortestLimit && Interlocked.Exchange(ref clock.timeoutTriggered, 0) == 0))
                return true;
            clock.Advance(dueTime);
            _ = ThreadPool.UnsafeQueueUserWorkItem(static fire => fire(), fire, preferLocal: false);
            return true;
        }

        public void Dispose() => Run(false);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Run(bool shallRun)
        {
            if (shallRun != isRunning)
                Interlocked.Add(ref clock.limits, shallRun ? 1 : -1);
            isRunning = shallRun;
        }
    }
}
