using System.Diagnostics;

namespace Wan27.Sdk.EmulatorTests.Campaign.CancelledCalls;

/// <summary>Every place where a call waits for the outside. At one of them the caller cancels, and nothing ever comes but the token.</summary>
internal sealed class Suspensions(int target, CancellationTokenSource caller)
{
    private int count;
    private long cancelledAt;

    /// <summary>Whether the call came so far.</summary>
    public bool IsReached => Volatile.Read(ref count) >= target;

    /// <summary>The operation that was awaited when the caller canceled.</summary>
    public string Place { get; private set; } = "";

    public TimeSpan SinceCancellation => Stopwatch.GetElapsedTime(Volatile.Read(ref cancelledAt));

    /// <summary>One await of an external operation, which obeys only the token that it receives.</summary>
    public async Task PassAsync(string place, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (IsHere(place))
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <summary>Whether this is the place; the caller then cancels from another thread.</summary>
    public bool IsHere(string place)
    {
        if (Interlocked.Increment(ref count) != target)
            return false;
        Place = place;
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Volatile.Write(ref cancelledAt, Stopwatch.GetTimestamp());
            caller.Cancel();
        });
        return true;
    }
}
