namespace Wan27.Sdk.Transport;

/// <summary>The generations that this client submitted within the last minute: if the service does not find one of them yet, it is read again.</summary>
internal sealed class RecentSubmissions(TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    private readonly object gate = new();
    private readonly Queue<(string Id, long Timestamp)> accepted = new();

    public void Add(string id)
    {
        lock (gate)
        {
            Forget();
            accepted.Enqueue((id, time.GetTimestamp()));
        }
    }

    public bool Contains(string id)
    {
        lock (gate)
        {
            Forget();
            return accepted.Any(one => one.Id == id);
        }
    }

    private void Forget()
    {
        while (accepted.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Timestamp) > Memory)
            accepted.Dequeue();
    }
}
