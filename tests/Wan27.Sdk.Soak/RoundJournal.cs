namespace Wan27.Sdk.Soak;

/// <summary>A journal file for each round, so that any growth is the client's.</summary>
internal sealed class RoundJournal : ISubmissionJournal
{
    private FileSubmissionJournal current = null!;

    public string Path { get; private set; } = "";

    public void Begin(string path) => (Path, current) = (path, new FileSubmissionJournal(path));

    public ValueTask<SubmissionStart> TryBeginAsync(SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default) =>
        current.TryBeginAsync(intent, limits, cancellationToken);

    public ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default) => current.UpdateAsync(change, cancellationToken);

    public ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) => current.ReadPendingAsync(cancellationToken);

    public ValueTask<SubmissionTotals> ReadTotalsAsync(
        string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default) =>
        current.ReadTotalsAsync(budget, account, limits, cancellationToken);
}
