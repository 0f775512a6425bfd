namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>
/// Time passes only while the client pauses or the server stalls on purpose, and then at once to the next timer. The duration of a call is exact,
/// however slow the machine is. The timer of a <see cref="CancellationTokenSource"/> is a timeout; every other timer is a pause.
/// </summary>
internal sealed class FaultClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan TimeToRegister = TimeSpan.FromMilliseconds(20);

    private readonly object gate = new();
    private readonly List<Timer> running = [];
    private TimeSpan elapsed;
    private int silences;
    private ITimer? continuing;

    /// <summary>The offset by which a test has moved the wall clock.</summary>
    public TimeSpan Jump { get; set; }

    /// <summary>Called when the client begins a pause.</summary>
    public Action? OnPause { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
            return elapsed.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(GetTimestamp()) + Jump;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), isLimit: state is CancellationTokenSource);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>No more bytes will arrive: fires the next timeout, now or when it is set.</summary>
    public void TriggerTimeout(int times = 1)
    {
        lock (gate)
            silences += times;
        Run();
    }

    /// <summary>Lets some time pass at the server.</summary>
    /// <returns>Whether a timeout fired.</returns>
    public bool Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (gate)
            target = elapsed + by;
        var reached = false;
        while (Take(timer => timer.Due <= target) is { } timer)
        {
            reached |= timer.IsLimit;
            timer.Fire();
        }

        lock (gate)
            elapsed = reached || elapsed > target ? elapsed : target;
        return reached;
    }

    private void Run()
    {
        while (Take(_ => silences > 0 || running.Any(other => !other.IsLimit)) is { } timer)
        {
            timer.Fire();
            if (!timer.IsLimit)
                continue;

            // A pause that another thread is creating has not registered for the cancellation yet: time would pass to its end.
            continuing = System.CreateTimer(static clock => ((FaultClock)clock!).Run(), this, TimeToRegister, Timeout.InfiniteTimeSpan);
            return;
        }
    }

    /// <summary>The next timer, if it may fire; the clock has then reached its time.</summary>
    private Timer? Take(Func<Timer, bool> mayFire)
    {
        lock (gate)
        {
            var next = running.MinBy(timer => timer.Due);
            if (next is null || !mayFire(next))
                return null;
            running.Remove(next);
            elapsed = next.Due > elapsed ? next.Due : elapsed;
            if (next.IsLimit && silences > 0)
                silences--;
            return next;
        }
    }

    private sealed class Timer(FaultClock clock, Action fire, bool isLimit) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public bool IsLimit => isLimit;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.running.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock.elapsed + dueTime;
                clock.running.Add(this);
            }

            if (!isLimit)
                clock.OnPause?.Invoke();
            _ = ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.Run(), clock, preferLocal: false);
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.running.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
