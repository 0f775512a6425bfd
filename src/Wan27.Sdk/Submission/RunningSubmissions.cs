namespace Wan27.Sdk.Submission;

/// <summary>
/// Counts the submissions of a client without a journal that are in progress. One whose end no one reads counts until it must be over. It is
/// thread-safe.
/// </summary>
internal sealed class RunningSubmissions
{
    private readonly object gate = new();
    private readonly List<Running> running = [];

    /// <summary>Gets the generations that are in progress.</summary>
    public IReadOnlyList<string> GenerationIds
    {
        get
        {
            lock (gate)
                return [.. running.Select(one => one.GenerationId).OfType<string>()];
        }
    }

    /// <summary>Counts a submission, if fewer than the limit are in progress.</summary>
    public bool TryBegin(string clientRequestId, int max, DateTimeOffset now)
    {
        lock (gate)
        {
            running.RemoveAll(one => one.StartedAt < now - SubmissionQueue.LongestGeneration);
            if (running.Count >= max)
                return false;
            running.Add(new Running(clientRequestId, now, null));
            return true;
        }
    }

    /// <summary>The generation of a submission is known.</summary>
    public void Accepted(string clientRequestId, VideoGeneration generation)
    {
        lock (gate)
        {
            var at = running.FindIndex(one => one.ClientRequestId == clientRequestId && (one.GenerationId ?? generation.Id) == generation.Id);
            if (at >= 0)
                running[at] = running[at] with { GenerationId = generation.Id };
        }

        Observe(generation);
    }

    /// <summary>A submission has no generation.</summary>
    public void Released(string clientRequestId)
    {
        lock (gate)
        {
            var at = running.FindIndex(one => one.ClientRequestId == clientRequestId && one.GenerationId is null);
            if (at >= 0)
                running.RemoveAt(at);
        }
    }

    /// <summary>A generation was read, which may be over.</summary>
    public void Observe(VideoGeneration generation)
    {
        if (generation.Status.IsPending)
            return;
        lock (gate)
            running.RemoveAll(one => one.GenerationId == generation.Id);
    }

    private readonly record struct Running(string ClientRequestId, DateTimeOffset StartedAt, string? GenerationId);
}
