using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Wan27.Sdk.Storage;

namespace Wan27.Sdk;

/// <summary>
/// A journal in the tables that <see cref="WanSubmissionsModelBuilderExtensions.AddWanSubmissions"/> adds to a context. All processes and machines that use
/// the database share it. It is thread-safe: each call has a context of its own.
/// </summary>
/// <remarks>
/// An intent, its price and its limits are one command in one transaction, and a change of state is another. A call that fails because the connection is
/// lost, or because of a deadlock, a serialization failure or a lock, is made up to 5 times; it has an id by which it knows what an earlier attempt wrote.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle: a journal has no end that a caller must mark.")]
public sealed class EntityFrameworkSubmissionJournal : ISubmissionJournal, ISubmissionJobStore
{
    private const int MaxAttempts = 5;

    private readonly Func<DbContext> createContext;
    private readonly TimeProvider time;
    private readonly bool createsTables;
    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile SubmissionSql? sql;

    /// <summary>Initializes a journal over a context of the application, whose tables a migration has created.</summary>
    /// <param name="createContext">Creates a context, which the journal disposes.</param>
    /// <param name="timeProvider">Paces attempts; null for the system's clock.</param>
    public EntityFrameworkSubmissionJournal(Func<DbContext> createContext, TimeProvider? timeProvider = null)
        : this(createContext, timeProvider, createsTables: false)
    {
    }

    internal EntityFrameworkSubmissionJournal(Func<DbContext> createContext, TimeProvider? timeProvider, bool createsTables)
    {
        ArgumentNullException.ThrowIfNull(createContext);
        (this.createContext, this.createsTables, time) = (createContext, createsTables, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    /// <exception cref="DbException">The database cannot be used; nothing is recorded, or the next call with the id finds it.</exception>
    public async ValueTask<SubmissionStart> TryBeginAsync(SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(limits);
        var callId = Guid.NewGuid().ToString("N");
        object[] arguments =
        [
            intent.ClientRequestId, intent.Fingerprint, intent.Model, intent.Account ?? "", intent.Budget ?? "", Amounts.OfPrice(intent.EstimatedUsd) ?? -1L,
            (intent.StartedAt ?? intent.RecordedAt).UtcTicks, intent.BudgetDay.DayNumber, intent.RecordedAt.UtcTicks, callId,
            limits.BudgetUsd is { } limit ? Amounts.OfLimit(limit) : -1L, (limits.PeriodStart ?? DateOnly.MinValue).DayNumber,
            limits.MaxInProgress ?? -1, limits.InProgressSince.UtcTicks, intent.Job?.DueAt.UtcTicks ?? -1L,
        ];
        return await AttemptAsync(
            (context, text, token) =>
            {
                if (intent.Job is not null)
                    ThrowIfWithoutJobs(text);
                return ExecuteAsync(context, text.Begin, arguments, reader => StartOf(reader, callId, token), token);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="DbException">The database cannot be used.</exception>
    public async ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        object[] arguments =
        [
            change.ClientRequestId ?? change.GenerationId ?? "", change.Account ?? "", (int)change.State, change.GenerationId ?? "",
            Amounts.OfPrice(change.ActualUsd) ?? -1L, change.RecordedAt.UtcTicks, Guid.NewGuid().ToString("N"),
        ];
        await AttemptAsync(
            (context, text, token) => ExecuteAsync(
                context, change.ClientRequestId is not null ? text.UpdateById : text.UpdateByGeneration, arguments, _ => Task.FromResult(true), token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="DbException">The database cannot be used.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) => await AttemptAsync(
        async (context, _, token) =>
        {
            int[] pending = [(int)SubmissionState.Intended, (int)SubmissionState.Accepted, (int)SubmissionState.Completed];
            var rows = await context.Set<SubmissionRow>().AsNoTracking().Where(row => pending.Contains(row.State)).OrderBy(row => row.RecordedAt)
                .ToListAsync(token).ConfigureAwait(false);
            return rows.ConvertAll(row => row.ToRecord());
        },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="DbException">The database cannot be used.</exception>
    public async ValueTask<SubmissionTotals> ReadTotalsAsync(
        string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var (name, owner) = (budget ?? "", account ?? "");
        var (from, since) = ((limits.PeriodStart ?? DateOnly.MinValue).DayNumber, limits.InProgressSince.UtcTicks);
        return await AttemptAsync(
            async (context, _, token) =>
            {
                var days = context.Set<SpendingRow>().Where(row => row.Budget == name && row.Day >= from);
                var sums = await days.GroupBy(row => row.Budget)
                    .Select(group => new { Spent = group.Sum(row => row.SpentMicros), Reserved = group.Sum(row => row.ReservedMicros) })
                    .SingleOrDefaultAsync(token).ConfigureAwait(false);
                return new SubmissionTotals
                {
                    SpentUsd = Amounts.ToUsd(sums?.Spent ?? 0),
                    ReservedUsd = Amounts.ToUsd(sums?.Reserved ?? 0),
                    InProgress = await context.Set<SubmissionRow>()
                        .CountAsync(row => row.State < (int)SubmissionState.Completed && row.Account == owner && row.StartedAt >= since, token).ConfigureAwait(false),
                };
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="DbException">The database cannot be used.</exception>
    public async ValueTask AddJobsAsync(string? account, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        var name = account ?? "";
        await AttemptAsync(
            async (context, text, token) =>
            {
                ThrowIfWithoutJobs(text);
                context.ChangeTracker.Clear();
                var pending = await context.Set<SubmissionRow>()
                    .Where(row => row.State < (int)SubmissionState.Refused && row.Account == name
                        && !context.Set<JobRow>().Any(job => job.ClientRequestId == row.ClientRequestId))
                    .Select(row => row.ClientRequestId).ToListAsync(token).ConfigureAwait(false);
                context.AddRange(pending.Select(id => new JobRow { ClientRequestId = id, Account = name, DueAt = dueAt.UtcTicks }));
                return await context.SaveChangesAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="DbException">The database cannot be used.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRecord>> ClaimJobsAsync(
        string? account, string owner, int count, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (name, latest, end) = (account ?? "", now.UtcTicks, until.UtcTicks);
        return await AttemptAsync(
            async (context, text, token) =>
            {
                ThrowIfWithoutJobs(text);
                var jobs = context.Set<JobRow>();
                // What an earlier attempt of this call has claimed is its own.
                var due = await jobs.Where(job => job.Account == name && (job.DueAt <= latest || job.Owner == owner)).OrderBy(job => job.DueAt)
                    .Take(count).Select(job => job.ClientRequestId).ToListAsync(token).ConfigureAwait(false);
                if (due.Count == 0)
                    return [];
                await jobs.Where(job => due.Contains(job.ClientRequestId) && job.DueAt <= latest)
                    .ExecuteUpdateAsync(job => job.SetProperty(one => one.Owner, owner).SetProperty(one => one.DueAt, end), token).ConfigureAwait(false);
                var claimed = await jobs.AsNoTracking().Where(job => due.Contains(job.ClientRequestId) && job.Owner == owner)
                    .Join(
                        context.Set<SubmissionRow>().AsNoTracking(), job => job.ClientRequestId, row => row.ClientRequestId,
                        (job, row) => new { Job = job, Row = row })
                    .ToListAsync(token).ConfigureAwait(false);
                return claimed.OrderBy(one => due.IndexOf(one.Row.ClientRequestId)).Select(one => one.Row.ToRecord() with { Job = one.Job.ToJob() }).ToList();
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="DbException">The database cannot be used.</exception>
    public async ValueTask<bool> UpdateJobAsync(string clientRequestId, string owner, SubmissionJob? job, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return await AttemptAsync(
            async (context, text, token) =>
            {
                ThrowIfWithoutJobs(text);
                var own = context.Set<JobRow>().Where(row => row.ClientRequestId == clientRequestId && row.Owner == owner);
                if (job is null)
                    return await own.ExecuteDeleteAsync(token).ConfigureAwait(false) > 0;
                var (next, due, unknown, failures) = (job.Owner ?? "", job.DueAt.UtcTicks, job.IsUnknownHanded ? 1 : 0, job.Failures);
                return await own.ExecuteUpdateAsync(
                    row => row.SetProperty(one => one.Owner, next).SetProperty(one => one.DueAt, due).SetProperty(one => one.IsUnknownHanded, unknown)
                        .SetProperty(one => one.Failures, failures),
                    token).ConfigureAwait(false) > 0;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfWithoutJobs(SubmissionSql text)
    {
        if (!text.HasJobs)
        {
            throw new InvalidOperationException(
                "The context has no table for jobs: call modelBuilder.AddWanJobs() after AddWanSubmissions() in its OnModelCreating, and add a migration.");
        }
    }

    private async Task<T> AttemptAsync<T>(Func<DbContext, SubmissionSql, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var context = createContext();
                await using var disposal = context.ConfigureAwait(false);
                // The application may have configured a strategy, which does not allow transactions outside of it.
                return await context.Database.CreateExecutionStrategy().ExecuteAsync(
                    async token => await use(context, await PrepareAsync(context, token).ConfigureAwait(false), token).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < MaxAttempts && IsTransient(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * (1 << attempt)), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<SubmissionSql> PrepareAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (sql is { } known)
            return known;
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (createsTables)
                await Tables.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
            return sql ??= new SubmissionSql(context);
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<T> ExecuteAsync<T>(
        DbContext context, string text, object[] arguments, Func<DbDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        // PostgreSQL makes the statements of one command one transaction; then there is one round trip.
        if (context.Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL")
            return await SqlCommands.ExecuteAsync(context, text, arguments, read, cancellationToken).ConfigureAwait(false);
        var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var result = await SqlCommands.ExecuteAsync(context, text, arguments, read, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
    }

    private static async Task<SubmissionStart> StartOf(DbDataReader reader, string callId, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            throw new InvalidOperationException($"The table of {nameof(GateRow)} is empty; the migration that creates it also inserts its row.");
        var totals = new SubmissionTotals
        {
            SpentUsd = Amounts.ToUsd(reader.GetInt64(12)),
            ReservedUsd = Amounts.ToUsd(reader.GetInt64(13)),
            InProgress = (int)reader.GetInt64(14),
        };
        if (reader.IsDBNull(0) || reader.GetInt32(3) == (int)SubmissionState.Refused)
            return new SubmissionStart { IsRecorded = false, Totals = totals };
        if (reader.GetString(11) == callId)
            return new SubmissionStart { IsRecorded = true, Totals = totals };
        var row = new SubmissionRow
        {
            ClientRequestId = reader.GetString(0),
            Fingerprint = reader.GetString(1),
            Model = reader.GetString(2),
            State = reader.GetInt32(3),
            GenerationId = reader.IsDBNull(4) ? null : reader.GetString(4),
            Account = reader.GetString(5),
            Budget = reader.GetString(6),
            EstimatedMicros = reader.IsDBNull(7) ? null : reader.GetInt64(7),
            ActualMicros = reader.IsDBNull(8) ? null : reader.GetInt64(8),
            StartedAt = reader.GetInt64(9),
            RecordedAt = reader.GetInt64(10),
        };
        return new SubmissionStart { IsRecorded = false, Known = row.ToRecord(), Totals = totals };
    }

    // A unique key that is violated is that of a call which was committed meanwhile: the next attempt sees it.
    private static bool IsTransient(Exception e) => e is DbException { IsTransient: true } or DbException { SqlState: "40001" or "40P01" or "23505" }
        or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 or 6 } or Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: 1555 or 2067 }
        || (e.InnerException is { } inner && IsTransient(inner));
}
