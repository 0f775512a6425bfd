namespace Wan27.Sdk.Emulator.Api;

/// <summary>Lets so many through in a window that slides.</summary>
internal sealed class RateLimit(int count, TimeSpan window)
{
    private readonly object gate = new();
    private readonly Queue<DateTimeOffset> taken = new();

    public bool TryTake(DateTimeOffset now)
    {
        lock (gate)
        {
            while (taken.TryPeek(out var oldest) && oldest + window <= now)
                _ = taken.Dequeue();
            if (taken.Count >= count)
                return false;

            taken.Enqueue(now);
            return true;
        }
    }
}
