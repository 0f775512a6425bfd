namespace Wan27.Cli.Commands;

/// <summary>Copies each submission of a journal to another one: as an intent, and then as what became of it.</summary>
/// <param name="Copied">How many submissions were copied.</param>
/// <param name="Known">How many the other journal had.</param>
internal sealed record JournalCopy(int Copied, int Known)
{
    /// <exception cref="UsageException">There is nothing to copy, or the other journal has another submission with one of the ids.</exception>
    /// <exception cref="IOException">The other journal counts less in a budget than the first.</exception>
    public static async Task<JournalCopy> RunAsync(FileSubmissionJournal from, ISubmissionJournal to, CancellationToken cancellationToken)
    {
        var records = await from.ReadAllAsync(cancellationToken);
        if (records.Count == 0)
            throw new UsageException("The journal is empty. Choose another one with --journal.");
        var known = 0;
        foreach (var record in records)
        {
            var intent = record with { State = SubmissionState.Intended, GenerationId = null, ActualUsd = null, Job = null };
            var start = await to.TryBeginAsync(intent, SubmissionLimits.None, cancellationToken);
            if (start.Known is { } other && other.Fingerprint != record.Fingerprint)
                throw new UsageException($"The database has another submission with the id '{record.ClientRequestId}'. Copy the journal to a database of its own.");
            known += start.Known is null ? 0 : 1;
            await to.UpdateAsync(Change(record), cancellationToken);
        }

        foreach (var budget in records.Select(record => record.Budget).Distinct())
            await ThrowIfLessAsync(from, to, budget, cancellationToken);
        return new JournalCopy(records.Count - known, known);
    }

    private static SubmissionChange Change(SubmissionRecord record) => new()
    {
        ClientRequestId = record.ClientRequestId,
        GenerationId = record.GenerationId,
        Account = record.Account,
        State = record.State,
        ActualUsd = record.ActualUsd,
        RecordedAt = record.RecordedAt,
    };

    private static async Task ThrowIfLessAsync(FileSubmissionJournal from, ISubmissionJournal to, string? budget, CancellationToken cancellationToken)
    {
        var before = await from.ReadTotalsAsync(budget, null, SubmissionLimits.None, cancellationToken);
        var after = await to.ReadTotalsAsync(budget, null, SubmissionLimits.None, cancellationToken);
        if (after.SpentUsd + after.ReservedUsd < before.SpentUsd + before.ReservedUsd)
            throw new IOException($"The database counts {after.SpentUsd + after.ReservedUsd} USD, and the file {before.SpentUsd + before.ReservedUsd} USD. Run the command again.");
    }
}
