using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wan27.Sdk.Submission;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk;

/// <summary>
/// A journal in one file: a line of JSON for each entry, appended and flushed to the disk before the call returns. Safe between threads and
/// between processes of one machine, each of which locks the file while it uses it, and waits up to 30 s for that.
/// </summary>
/// <remarks>
/// <para>
/// The journal fails closed: a line that is not a record, a newer format, another program's file or a file that cannot be locked stops each call
/// before anything is sent. A byte order mark, CRLF, empty lines and the torn rest of an append after a crash are accepted.
/// </para>
/// <para>
/// When a third of the file is no longer needed, it is written again after a change of state, without entries that a later one replaces and without those that were finished
/// before the <see cref="Retention"/>. Pending records are in memory; a finished one takes some 20 bytes.
/// </para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle: a journal has no end that a caller must mark.")]
public sealed class FileSubmissionJournal : ISubmissionJournal, ISubmissionJobStore
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly JournalFile journal;
    private readonly JournalIndex index;
    private readonly JournalCompactor compactor;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly TimeSpan retention = TimeSpan.FromDays(30);

    /// <summary>Initializes a journal, whose file is created with its first entry.</summary>
    /// <param name="path">The file's path; its folder must exist.</param>
    /// <param name="timeProvider">Paces the wait for the file's lock; null for the system's clock.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public FileSubmissionJournal(string path, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = Path.GetFullPath(path);
        time = timeProvider ?? TimeProvider.System;
        journal = new JournalFile(this.path, time);
        index = new JournalIndex(journal);
        compactor = new JournalCompactor(this.path, journal, index);
    }

    /// <summary>Gets how long an entry is kept after its generation was complete or failed.</summary>
    /// <value>
    /// More than 0. The default is 30 days. After it, its id is not known any more: a request with the id is submitted again. What it cost still
    /// counts in its budget.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The time is not more than 0.</exception>
    public TimeSpan Retention
    {
        get => retention;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            retention = value;
        }
    }

    /// <summary>Gets what compacts the file, for a test.</summary>
    internal JournalCompactor Compactor => compactor;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened, locked or written, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public async ValueTask<SubmissionStart> TryBeginAsync(SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(limits);
        return await LockedAsync(file => Begin(file, intent, limits), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened, locked or written, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public async ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await LockedAsync(
            file =>
            {
                var known = change.ClientRequestId is { } id ? index.Find(id) : index.FindByGeneration(change.GenerationId ?? "");
                if (known is not null && change.ApplyTo(known) is { } changed)
                    journal.Append(file, changed, index.Take);
                CompactIfWorthwhile(file);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened or locked, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied; its lock needs it to be writable.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) =>
        await LockedAsync(
            _ => index.Pending.OrderBy(record => record.RecordedAt).ToList(), cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the latest entry of each submission that was not refused, to copy the journal to another store.</summary>
    /// <remarks>
    /// What was removed after the <see cref="Retention"/> is one finished entry for each budget and UTC day, with what it counts in the budget. All entries are
    /// in memory at once.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the wait for the file's lock.</param>
    /// <returns>The entries in the order of the file.</returns>
    /// <exception cref="IOException">The file cannot be opened or locked, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied; its lock needs it to be writable.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadAllAsync(CancellationToken cancellationToken = default) =>
        await LockedAsync(
            file =>
            {
                var records = index.Removed.GroupBy(day => (day.Budget, day.Day)).Select(RecordOf).ToList();
                new JournalFile(path, time).ReadNew(file, (record, _, offset, _) =>
                {
                    if (record is not null && index.IsLatest(record, offset))
                        records.Add(record);
                });
                return records;
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened or locked, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied; its lock needs it to be writable.</exception>
    public async ValueTask<SubmissionTotals> ReadTotalsAsync(
        string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return await LockedAsync(_ => index.Totals(budget, account, limits), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened, locked or written, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public async ValueTask AddJobsAsync(string? account, DateTimeOffset dueAt, CancellationToken cancellationToken = default) => await LockedAsync(
        file =>
        {
            foreach (var record in index.Pending.Where(record => record.Account == account && record.Job is null).ToList())
                journal.Append(file, record with { Job = new SubmissionJob { DueAt = dueAt } }, index.Take);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened, locked or written, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRecord>> ClaimJobsAsync(
        string? account, string owner, int count, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return await LockedAsync(
            file =>
            {
                var due = index.Open.Where(record => record.Account == account && record.Job?.DueAt <= now).OrderBy(record => record.Job!.DueAt).Take(count)
                    .Select(record => record with { Job = record.Job! with { Owner = owner, DueAt = until } }).ToList();
                due.ForEach(record => journal.Append(file, record, index.Take));
                CompactIfWorthwhile(file);
                return due;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened, locked or written, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public async ValueTask<bool> UpdateJobAsync(string clientRequestId, string owner, SubmissionJob? job, CancellationToken cancellationToken = default) =>
        await LockedAsync(
            file =>
            {
                if (index.Find(clientRequestId) is not { Job: { } known } record || known.Owner != owner)
                    return false;
                journal.Append(file, record with { Job = job }, index.Take);
                CompactIfWorthwhile(file);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    // The same id each time, so that a copy that is made again counts it once.
    private static SubmissionRecord RecordOf(IGrouping<(string? Budget, DateOnly Day), SpendingDay> removed)
    {
        var (budget, day) = removed.Key;
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(budget ?? "")).AsSpan(0, 8));
        return new SubmissionRecord
        {
            ClientRequestId = string.Create(CultureInfo.InvariantCulture, $"removed:{name}:{day:yyyyMMdd}"),
            Fingerprint = "",
            Model = "",
            State = SubmissionState.Finished,
            Budget = budget,
            ActualUsd = removed.Sum(amount => amount.SpentUsd + amount.ReservedUsd),
            StartedAt = start,
            RecordedAt = start,
        };
    }

    private SubmissionStart Begin(FileStream file, SubmissionRecord intent, SubmissionLimits limits)
    {
        var totals = index.Totals(intent.Budget, intent.Account, limits);
        if (index.Find(intent.ClientRequestId) is { } known)
            return new SubmissionStart { IsRecorded = false, Known = known, Totals = totals };
        if (!limits.FitsBudget(intent, totals) || !limits.FitsInProgress(totals))
            return new SubmissionStart { IsRecorded = false, Totals = totals };
        journal.Append(file, intent, index.Take);
        return new SubmissionStart { IsRecorded = true, Totals = index.Totals(intent.Budget, intent.Account, limits) };
    }

    // Away from the caller's thread, as a long file takes long to read.
    private async Task<T> LockedAsync<T>(Func<FileStream, T> use, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(LockTimeout, time, cancellationToken);
        try
        {
            await gate.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                using var file = await journal.OpenExclusiveAsync(limit.Token).ConfigureAwait(false);
                return await Task.Run(() => CatchUpAndUse(file, use), CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"'{path}' is locked by another process, which did not release it within {LockTimeout.TotalSeconds} s", e);
        }
    }

    private T CatchUpAndUse<T>(FileStream file, Func<FileStream, T> use)
    {
        journal.ThrowIfNotLocked();
        compactor.Recover(file);
        index.Use(file);
        if (!journal.TryContinue(file))
            index.Clear();
        journal.ReadNew(file, index.Take);
        return use(file);
    }

    // After a change of state, and not before a submission is sent.
    private void CompactIfWorthwhile(FileStream file)
    {
        if (!compactor.IsWorthwhile || !compactor.TryCompact(file, time.GetUtcNow() - Retention))
            return;
        journal.Forget();
        index.Clear();
        journal.ReadNew(file, index.Take);
    }
}
