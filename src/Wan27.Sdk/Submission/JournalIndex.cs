namespace Wan27.Sdk.Submission;

/// <summary>
/// What a journal's file contains: the pending records and those with a job; of finished ones only where their lines are; and the sums of the budgets. It is not
/// thread-safe.
/// </summary>
internal sealed class JournalIndex(JournalFile journal)
{
    private readonly Dictionary<string, Entry> pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byGeneration = new(StringComparer.Ordinal);
    private readonly OffsetTable finished = new();
    private readonly OffsetTable withoutPrice = new();
    private readonly SpendingLedger spending = new();
    private FileStream? open;

    /// <summary>How many bytes of the file are the latest lines of submissions that exist.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>The number of the file's last compaction.</summary>
    public int Compaction { get; private set; }

    /// <summary>What the entries that compactions removed count in their budgets.</summary>
    public List<SpendingDay> Removed { get; } = [];

    public IEnumerable<SubmissionRecord> Pending => Open.Where(record => record.IsPending);

    /// <summary>The records that are pending or have a job.</summary>
    public IEnumerable<SubmissionRecord> Open => pending.Values.Select(entry => entry.Record);

    public void Clear()
    {
        pending.Clear();
        byGeneration.Clear();
        finished.Clear();
        withoutPrice.Clear();
        spending.Clear();
        Removed.Clear();
        (LiveBytes, Compaction) = (0, 0);
    }

    /// <summary>Makes a file the one that lines are read from.</summary>
    public void Use(FileStream file) => open = file;

    public void Take(SubmissionRecord? record, JournalCompaction? compaction, long offset, int length)
    {
        if (record is not null)
            Remember(record, offset, length);
        if (compaction is null)
            return;
        Compaction = compaction.Compaction;
        foreach (var day in compaction.Removed ?? [])
        {
            Removed.Add(day);
            spending.Add(day);
        }
    }

    /// <summary>Returns the latest record of a submission.</summary>
    public SubmissionRecord? Find(string clientRequestId) =>
        pending.TryGetValue(clientRequestId, out var entry) ? entry.Record : FindFinished(clientRequestId)?.Record;

    /// <summary>Returns the latest record of a generation's submission, if it may still change.</summary>
    public SubmissionRecord? FindByGeneration(string generationId) =>
        byGeneration.TryGetValue(generationId, out var id) ? Find(id)
        : withoutPrice.Find(generationId, offset => ReadAt(offset).GenerationId == generationId) is { } at ? Find(ReadAt(at).ClientRequestId)
        : null;

    /// <summary>Returns whether a line is the latest one of its submission.</summary>
    public bool IsLatest(SubmissionRecord record, long offset) =>
        pending.TryGetValue(record.ClientRequestId, out var entry)
            ? entry.Offset == offset
            : record.State is SubmissionState.Finished && finished.Has(record.ClientRequestId, offset);

    public SubmissionTotals Totals(string? budget, string? account, SubmissionLimits limits)
    {
        var (spent, reserved) = spending.Sum(budget, limits.PeriodStart);
        return new SubmissionTotals
        {
            SpentUsd = spent,
            ReservedUsd = reserved,
            InProgress = Pending.Count(
                record => record.IsInProgress && record.Account == account && (record.StartedAt ?? record.RecordedAt) >= limits.InProgressSince),
        };
    }

    private void Remember(SubmissionRecord record, long offset, int length)
    {
        var id = record.ClientRequestId;
        var before = pending.Remove(id, out var entry) ? entry : FindFinished(id);
        if (before?.Record.GenerationId is { } known)
            byGeneration.Remove(known);
        spending.Replace(before?.Record, record);
        LiveBytes -= before?.Length ?? 0;
        if (record.State is SubmissionState.Refused)
            return;
        LiveBytes += length;
        if (record.IsPending || record.Job is not null)
        {
            pending[id] = new Entry(record, offset, length);
            if (record.GenerationId is { } generationId)
                byGeneration[generationId] = id;
            return;
        }

        finished.Set(id, offset, at => ReadAt(at).ClientRequestId == id);
        if (record is { ActualUsd: null, GenerationId: { } open })
            withoutPrice.Set(open, offset, at => ReadAt(at).GenerationId == open);
    }

    private Entry? FindFinished(string id)
    {
        Entry? found = null;
        finished.Find(id, offset =>
        {
            var record = ReadAt(offset);
            if (record.ClientRequestId != id)
                return false;
            found = new Entry(record, offset, JournalLine.Of(record).Length);
            return true;
        });
        return found;
    }

    private SubmissionRecord ReadAt(long offset) => journal.ReadAt(open!, offset);

    private sealed record Entry(SubmissionRecord Record, long Offset, int Length);
}
