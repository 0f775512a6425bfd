namespace Wan27.Sdk.Emulator.Generations;

/// <summary>A generation and its progress. Access requires the lock of its <see cref="GenerationStore"/>.</summary>
internal sealed class EmulatedGeneration(
    EmulatorSubmission submission,
    GenerationParameters parameters,
    string requestId,
    EmulatorScript script,
    WanEmulatorOptions options)
{
    private readonly DateTimeOffset startsAt = submission.AcceptedAt + (script.QueuedFor ?? options.QueuedFor);
    private int reads;
    private int readsOfCompleted;
    private int expiredUrls;

    public EmulatorSubmission Submission => submission;

    public GenerationParameters Parameters => parameters;

    public string RequestId => requestId;

    public EmulatorScript Script => script;

    /// <summary>Gets the time at which the clock ends the generation, or null if scripted reads end it.</summary>
    public DateTimeOffset? DueAt => script.Statuses.Count > 0 ? null : startsAt + (script.GeneratingFor ?? options.GeneratingFor);

    public DateTimeOffset? EndedAt { get; private set; }

    public bool Failed { get; private set; }

    /// <summary>Gets the version of the URL that a read returns. Each expiration leads to a new version.</summary>
    public int UrlVersion { get; private set; } = 1;

    public string GetStatus(DateTimeOffset now)
    {
        if (script.Statuses.Count > 0)
            return reads == 0 ? GenerationStatus.Queued : script.Statuses[Math.Min(reads, script.Statuses.Count) - 1];
        if (now < startsAt)
            return GenerationStatus.Queued;
        if (now < DueAt)
            return GenerationStatus.Generating;

        return script.ErrorJson is null ? GenerationStatus.Completed : GenerationStatus.Error;
    }

    /// <summary>Counts one read and returns whether its response contains the video.</summary>
    public bool CountRead(DateTimeOffset now)
    {
        reads++;
        if (!GenerationStatus.IsSuccess(GetStatus(now)))
            return false;

        if (UrlVersion <= expiredUrls)
            UrlVersion = expiredUrls + 1;
        return ++readsOfCompleted > script.ReadsWithoutUrl;
    }

    public void End(DateTimeOffset at, bool failed) => (EndedAt, Failed) = (at, failed);

    public void ExpireUrl() => expiredUrls = UrlVersion;

    public bool IsUrlValid(int version) => EndedAt is not null && !Failed && version > expiredUrls && version <= UrlVersion;
}
