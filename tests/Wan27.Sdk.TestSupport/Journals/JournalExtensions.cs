namespace Wan27.Sdk.TestSupport;

/// <summary>The calls of a journal in the short form in which most tests need them.</summary>
public static class JournalExtensions
{
    /// <summary>Records an intent without limits. Returns the known record; null if the intent was recorded.</summary>
    public static async ValueTask<SubmissionRecord?> TryBeginAsync(
        this ISubmissionJournal journal, SubmissionRecord intent, CancellationToken cancellationToken = default)
    {
        var start = await journal.TryBeginAsync(intent, SubmissionLimits.None, cancellationToken);
        if (start.IsRecorded == start.Known is not null)
            throw new InvalidOperationException("Without limits, an intent is either recorded or known.");
        return start.Known;
    }

    /// <summary>Changes the record of a submission to the state, generation and price of another.</summary>
    public static ValueTask RecordAsync(this ISubmissionJournal journal, SubmissionRecord record, CancellationToken cancellationToken = default) => journal.UpdateAsync(
        new SubmissionChange
        {
            ClientRequestId = record.ClientRequestId,
            GenerationId = record.GenerationId,
            Account = record.Account,
            State = record.State,
            ActualUsd = record.ActualUsd,
            RecordedAt = record.RecordedAt,
        },
        cancellationToken);

    /// <summary>Finds a pending record by one of its ids.</summary>
    public static async ValueTask<SubmissionRecord?> FindPendingAsync(
        this ISubmissionJournal journal, string? clientRequestId, string? generationId, CancellationToken cancellationToken = default)
    {
        var pending = await journal.ReadPendingAsync(cancellationToken);
        return pending.SingleOrDefault(record => clientRequestId is not null ? record.ClientRequestId == clientRequestId : record.GenerationId == generationId);
    }
}
