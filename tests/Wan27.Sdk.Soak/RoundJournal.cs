namespace Wan27.Sdk.Soak;

/// <summary>A journal file for each round, like an application with a new file each day: a journal keeps its entries for its lifetime.</summary>
internal sealed class RoundJournal : ISubmissionJournal
{
    private FileSubmissionJournal current = null!;

    public string Path { get; private set; } = "";

    public void Begin(string path) => (Path, current) = (path, new FileSubmissionJournal(path));

    public ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default) =>
        current.TryBeginAsync(intent, cancellationToken);

    public ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default) => current.RecordAsync(record, cancellationToken);

    public ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) => current.ReadPendingAsync(cancellationToken);
}
