namespace Wan27.Sdk.Emulator.Tasks;

/// <summary>One task and how far it is. Touched only under the lock of its <see cref="TaskBook"/>.</summary>
internal sealed class GenerationTask(
    EmulatorSubmission submission, VideoOrder order, string requestId, EmulatorScript script, WanEmulatorOptions options)
{
    private readonly DateTimeOffset startsAt = submission.AcceptedAt + (script.QueuedFor ?? options.QueuedFor);
    private int reads;
    private int readsOfCompleted;
    private int expiredUrls;

    public EmulatorSubmission Submission => submission;

    public VideoOrder Order => order;

    public string RequestId => requestId;

    public EmulatorScript Script => script;

    /// <summary>When the clock ends it; a task that is scripted read by read has no such time.</summary>
    public DateTimeOffset? DueAt => script.Statuses.Count > 0 ? null : startsAt + (script.GeneratingFor ?? options.GeneratingFor);

    public DateTimeOffset? EndedAt { get; private set; }

    public bool Failed { get; private set; }

    /// <summary>Which URL a read gives out: each expiry makes a new one.</summary>
    public int UrlVersion { get; private set; } = 1;

    public string StatusAt(DateTimeOffset now)
    {
        if (script.Statuses.Count > 0)
            return reads == 0 ? Statuses.Queued : script.Statuses[Math.Min(reads, script.Statuses.Count) - 1];
        if (now < startsAt)
            return Statuses.Queued;
        if (now < DueAt)
            return Statuses.Generating;

        return script.ErrorJson is null ? Statuses.Completed : Statuses.Error;
    }

    /// <summary>Counts one read and says whether its answer shows the video.</summary>
    public bool Read(DateTimeOffset now)
    {
        reads++;
        if (!Statuses.IsSuccess(StatusAt(now)))
            return false;

        if (UrlVersion <= expiredUrls)
            UrlVersion = expiredUrls + 1;
        return ++readsOfCompleted > script.ReadsWithoutUrl;
    }

    public void End(DateTimeOffset at, bool failed) => (EndedAt, Failed) = (at, failed);

    public void ExpireUrl() => expiredUrls = UrlVersion;

    public bool IsUrlGood(int version) => EndedAt is not null && !Failed && version > expiredUrls && version <= UrlVersion;
}
