using System.Threading.Tasks.Sources;

namespace Wan27.Sdk.Waiting;

/// <summary>
/// What waits again and again on one timer and without a new object for each time: ten thousand waits at once are mostly pauses, and hold little
/// more than this.
/// </summary>
internal abstract class OneTimer(TimeProvider time) : IValueTaskSource, IDisposable
{
    private ManualResetValueTaskSourceCore<bool> source;
    private ITimer? timer;
    private CancellationTokenRegistration cancelling;
    private int isPending;

    public virtual void Dispose() => timer?.Dispose();

    void IValueTaskSource.GetResult(short token)
    {
        cancelling.Dispose();
        source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);

    /// <summary>Waits, once at a time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    protected ValueTask DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromException(Canceled(new OperationCanceledException(cancellationToken), cancellationToken));
        if (delay <= TimeSpan.Zero)
            return ValueTask.CompletedTask;
        source.Reset();
        Volatile.Write(ref isPending, 1);
        if (timer is null)
            timer = time.CreateTimer(static state => ((OneTimer)state!).End(CancellationToken.None), this, delay, Timeout.InfiniteTimeSpan);
        else
            timer.Change(delay, Timeout.InfiniteTimeSpan);
        cancelling = cancellationToken.UnsafeRegister(static (state, token) => ((OneTimer)state!).End(token), this);
        return new ValueTask(this, source.Version);
    }

    /// <summary>What a cancelled wait throws.</summary>
    protected abstract OperationCanceledException Canceled(OperationCanceledException e, CancellationToken cancellationToken);

    private void End(CancellationToken cancelled)
    {
        if (Interlocked.Exchange(ref isPending, 0) == 0)
            return;
        if (cancelled.IsCancellationRequested)
            source.SetException(Canceled(new OperationCanceledException(cancelled), cancelled));
        else
            source.SetResult(true);
    }
}
