namespace Wan27.Sdk.TestSupport;

/// <summary>
/// A clock without real delays. A delay advances it and completes at once. A timeout, which is the timer of a
/// <see cref="CancellationTokenSource"/>, fires when a delay has advanced the clock far enough, or when a test requests it.
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>Delays of the client are at most a minute; use timeouts that are longer than this.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly List<VirtualTimer> timeouts = [];
    private long elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref elapsed);

    public override DateTimeOffset GetUtcNow() => start.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state), isTimeout: state is CancellationTokenSource);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var target = GetTimestamp() + by.Ticks;
        while (TakeNext(target) is { } timer)
            timer.Fire();
        MoveTo(target);
    }

    /// <summary>Advances the clock to the next timeout.</summary>
    public void Expire() => TakeNext(long.MaxValue)?.Fire();

    private VirtualTimer? TakeNext(long target)
    {
        lock (timeouts)
        {
            var next = timeouts.MinBy(timer => timer.DueAt);
            if (next is null || next.DueAt > target)
                return null;
            timeouts.Remove(next);
            MoveTo(next.DueAt);
            return next;
        }
    }

    private void MoveTo(long target)
    {
        lock (timeouts)
            elapsed = Math.Max(elapsed, target);
    }

    private sealed class VirtualTimer(VirtualClock clock, Action fire, bool isTimeout) : ITimer
    {
        public long DueAt { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            if (isTimeout)
            {
                DueAt = clock.GetTimestamp() + dueTime.Ticks;
                lock (clock.timeouts)
                    clock.timeouts.Add(this);
                return true;
            }

            clock.Advance(dueTime);
            Fire();
            return true;
        }

        public void Dispose()
        {
            lock (clock.timeouts)
                clock.timeouts.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
