namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>A clock whose delays are suspensions: they end at once, or never. Timeouts use the system's clock and are too long to fire.</summary>
internal sealed class SuspendingClock(Suspensions suspensions) : TimeProvider
{
    private int open;

    /// <summary>The timers that have not been disposed.</summary>
    public int OpenTimers => Volatile.Read(ref open);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref open);
        return new Timer(this, System.CreateTimer(callback, state, Due(dueTime), period), isTimeout: state is CancellationTokenSource);
    }

    private TimeSpan Due(TimeSpan dueTime) =>
        dueTime <= TimeSpan.Zero || dueTime > VirtualClock.LongestDelay ? dueTime
        : suspensions.IsHere("a delay") ? Timeout.InfiniteTimeSpan
        : TimeSpan.Zero;

    private sealed class Timer(SuspendingClock clock, ITimer inner, bool isTimeout) : ITimer
    {
        private int disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(isTimeout ? dueTime : clock.Due(dueTime), period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) == 0)
                Interlocked.Decrement(ref clock.open);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
