namespace Wan27.Sdk.EmulatorTests.Campaign;

/// <summary>
/// A clock that nobody waits for. A short timer is a delay: it moves the clock and fires at once. A long one is a timeout: it fires
/// only when a test says that it is due.
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>Delays of the client are at most a minute; give it timeouts that are longer than this.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly List<VirtualTimer> timeouts = [];
    private long elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref elapsed);

    public override DateTimeOffset GetUtcNow() => start.AddTicks(GetTimestamp());

    public void Advance(TimeSpan by) => Interlocked.Add(ref elapsed, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets the time of every timeout come.</summary>
    public void Expire()
    {
        List<VirtualTimer> due;
        lock (timeouts)
        {
            due = [.. timeouts];
            timeouts.Clear();
        }

        Advance(due.Select(timer => timer.DueTime).DefaultIfEmpty(TimeSpan.Zero).Max());
        foreach (var timer in due)
            timer.Fire();
    }

    private sealed class VirtualTimer(VirtualClock clock, Action fire) : ITimer
    {
        public TimeSpan DueTime { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Remove();
            DueTime = dueTime;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            if (dueTime > LongestDelay)
            {
                lock (clock.timeouts)
                    clock.timeouts.Add(this);
                return true;
            }

            clock.Advance(dueTime);
            Fire();
            return true;
        }

        public void Dispose() => Remove();

        public ValueTask DisposeAsync()
        {
            Remove();
            return ValueTask.CompletedTask;
        }

        private void Remove()
        {
            lock (clock.timeouts)
                clock.timeouts.Remove(this);
        }
    }
}
