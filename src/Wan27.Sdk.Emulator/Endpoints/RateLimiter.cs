namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Limits the number of requests in a sliding window.</summary>
internal sealed class RateLimiter(int limit, TimeSpan window)
{
    private readonly object gate = new();
    private readonly Queue<DateTimeOffset> recent = new();

    public bool TryAcquire(DateTimeOffset now)
    {
        lock (gate)
        {
            while (recent.TryPeek(out var oldest) && oldest + window <= now)
                _ = recent.Dequeue();
            if (recent.Count >= limit)
                return false;

            recent.Enqueue(now);
            return true;
        }
    }
}
