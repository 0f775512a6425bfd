using Npgsql;

namespace VideoStudio.Store.Postgres;

/// <summary>
/// The SDK's journal in one table. The insert checks and writes atomically, so that of two instances with one id only one can send. A commit
/// is durable when it returns (do not turn off <c>synchronous_commit</c>).
/// </summary>
internal sealed class PostgresSubmissionJournal(NpgsqlDataSource database) : ISubmissionJournal
{
    private const string Columns = "client_request_id, fingerprint, model, state, generation_id, recorded_at";

    public async ValueTask<SubmissionStart> TryBeginAsync(
        SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        // The table has no prices: the studio has no budget.
        if (limits is not { BudgetUsd: null, MaxInProgress: null })
            throw new NotSupportedException("The studio's journal holds no budget.");
        // A conflicting row may become 'Refused' between the two statements; then the insert is tried again.
        while (true)
        {
            if (await WriteAsync(intent, "where studio.submissions.state = 'Refused'", cancellationToken))
                return new SubmissionStart { IsRecorded = true, Totals = new SubmissionTotals() };
            if (await FindAsync("client_request_id", intent.ClientRequestId, cancellationToken) is { State: not SubmissionState.Refused } known)
                return new SubmissionStart { IsRecorded = false, Known = known, Totals = new SubmissionTotals() };
        }
    }

    public async ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default)
    {
        var known = change.ClientRequestId is { } id
            ? await FindAsync("client_request_id", id, cancellationToken)
            : await FindAsync("generation_id", change.GenerationId!, cancellationToken);
        if (known is not null && change.ApplyTo(known) is { } changed)
            await WriteAsync(changed, "", cancellationToken);
    }

    public ValueTask<SubmissionTotals> ReadTotalsAsync(
        string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The studio's journal holds no budget.");

    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from studio.submissions where state in ('Intended', 'Accepted', 'Completed') order by recorded_at");
        return await ReadAsync(command, cancellationToken);
    }

    private async Task<SubmissionRecord?> FindAsync(string column, string id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from studio.submissions where {column} = $1");
        command.Parameters.AddWithValue(id);
        return await ReadAsync(command, cancellationToken) is [var known, ..] ? known : null;
    }

    private async Task<bool> WriteAsync(SubmissionRecord record, string condition, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into studio.submissions ({Columns}) values ($1, $2, $3, $4, $5, $6)
            on conflict (client_request_id) do update set
                fingerprint = excluded.fingerprint, model = excluded.model, state = excluded.state,
                generation_id = excluded.generation_id, recorded_at = excluded.recorded_at
            {condition}
            """);
        command.Parameters.AddWithValue(record.ClientRequestId);
        command.Parameters.AddWithValue(record.Fingerprint);
        command.Parameters.AddWithValue(record.Model);
        command.Parameters.AddWithValue(record.State.ToString());
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = record.GenerationId });
        command.Parameters.AddWithValue(record.RecordedAt);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task<IReadOnlyList<SubmissionRecord>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<SubmissionRecord>();
        while (await reader.ReadAsync(cancellationToken))
        {
            records.Add(new SubmissionRecord
            {
                ClientRequestId = reader.GetString(0),
                Fingerprint = reader.GetString(1),
                Model = reader.GetString(2),
                State = Enum.Parse<SubmissionState>(reader.GetString(3)),
                GenerationId = await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4),
                RecordedAt = reader.GetFieldValue<DateTimeOffset>(5),
            });
        }

        return records;
    }
}
