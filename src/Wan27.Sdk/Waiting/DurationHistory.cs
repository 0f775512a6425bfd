namespace Wan27.Sdk.Waiting;

/// <summary>When the latest generations of a client were submitted, and what those that are complete took, by their kind.</summary>
internal sealed class DurationHistory(TimeProvider time)
{
    private const int MaxRunning = 4096;
    private const int MaxKinds = 256;

    /// <summary>One or two may be exceptions; of more than the latest, the service has changed since.</summary>
    private const int MinDurations = 3;
    private const int MaxDurations = 9;

    private readonly object gate = new();
    private readonly Dictionary<string, (GenerationKind Kind, long Timestamp)> running = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private readonly Dictionary<GenerationKind, Queue<TimeSpan>> durations = [];

    /// <summary>Records that a generation was just submitted.</summary>
    public void Submitted(string id, VideoGenerationRequest request)
    {
        lock (gate)
        {
            running[id] = (GenerationKind.Of(request), time.GetTimestamp());
            order.Enqueue(id);
            if (order.Count > MaxRunning)
                running.Remove(order.Dequeue());
        }
    }

    /// <summary>Returns the kind and the age of a generation; null if this client did not submit it lately.</summary>
    public (GenerationKind Kind, TimeSpan Age)? Find(string id)
    {
        lock (gate)
            return running.TryGetValue(id, out var one) ? (one.Kind, time.GetElapsedTime(one.Timestamp)) : null;
    }

    /// <summary>Records what a generation took.</summary>
    public void Completed(GenerationKind kind, TimeSpan duration)
    {
        lock (gate)
        {
            if (!durations.TryGetValue(kind, out var known))
            {
                if (durations.Count == MaxKinds)
                    durations.Clear();
                durations[kind] = known = new Queue<TimeSpan>();
            }

            known.Enqueue(duration);
            if (known.Count > MaxDurations)
                known.Dequeue();
        }
    }

    /// <summary>Returns the median of the latest durations of a kind; null if too few are known.</summary>
    public TimeSpan? Median(GenerationKind kind)
    {
        lock (gate)
            return durations.TryGetValue(kind, out var known) && known.Count >= MinDurations ? known.Order().ElementAt(known.Count / 2) : null;
    }
}
