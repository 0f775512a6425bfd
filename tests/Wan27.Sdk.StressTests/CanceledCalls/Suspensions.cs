using System.Diagnostics;

namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>Every await of an external operation in a call. At one of them the caller cancels, and only the token can end the await.</summary>
internal sealed class Suspensions(int target, CancellationTokenSource caller)
{
    private int count;
    private long canceledAt;

    /// <summary>Whether the call reached the await.</summary>
    public bool IsReached => Volatile.Read(ref count) >= target;

    /// <summary>The operation that was awaited when the caller canceled.</summary>
    public string Place { get; private set; } = "";

    public TimeSpan SinceCancellation => Stopwatch.GetElapsedTime(Volatile.Read(ref canceledAt));

    /// <summary>One await of an external operation, which obeys only the token that it receives.</summary>
    public async Task PassAsync(string place, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (IsHere(place))
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <summary>Whether this is the await; the caller then cancels from another thread.</summary>
    public bool IsHere(string place)
    {
        if (Interlocked.Increment(ref count) != target)
            return false;
        Place = place;
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Volatile.Write(ref canceledAt, Stopwatch.GetTimestamp());
            caller.Cancel();
        });
        return true;
    }
}
