using System.Diagnostics.CodeAnalysis;
using Wan27.Sdk.Submission;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk;

/// <summary>
/// A journal in one file: a line of JSON for each entry, only appended, and flushed to the disk before the call returns. Safe between threads and
/// between processes of one machine, each of which locks the file while it uses it, and waits up to 30 s for that.
/// </summary>
/// <remarks>
/// The journal fails closed: a line that is not a record, a newer format, another program's file or a file that cannot be locked stops each call
/// before anything is sent. A byte order mark, CRLF, empty lines and the torn rest of an append after a crash are accepted.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle: a journal has no end that a caller must mark.")]
public sealed class FileSubmissionJournal : ISubmissionJournal
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly JournalFile journal;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<string, SubmissionRecord> latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byGeneration = new(StringComparer.Ordinal);

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
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened, locked or written, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public async ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return await LockedAsync(
            file =>
            {
                if (latest.TryGetValue(intent.ClientRequestId, out var known) && known.State is not SubmissionState.Refused)
                    return known;
                Append(file, intent);
                return null;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened, locked or written, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public async ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        await LockedAsync(
            file =>
            {
                Append(file, record);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened or locked, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied; its lock needs it to be writable.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) =>
        await LockedAsync(_ => latest.Values.Where(record => record.IsPending).OrderBy(record => record.RecordedAt).ToList(), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be opened or locked, or a line of it is not a record.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied; its lock needs it to be writable.</exception>
    public async ValueTask<SubmissionRecord?> FindPendingAsync(string? clientRequestId, string? generationId, CancellationToken cancellationToken = default) =>
        await LockedAsync(
            _ => (clientRequestId ?? byGeneration.GetValueOrDefault(generationId ?? "")) is { } id && latest.TryGetValue(id, out var known) && known.IsPending ? known : null,
            cancellationToken).ConfigureAwait(false);

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
        if (!journal.TryContinue(file))
        {
            latest.Clear();
            byGeneration.Clear();
        }

        journal.ReadNew(file, Remember);
        return use(file);
    }

    private void Append(FileStream file, SubmissionRecord record)
    {
        journal.Append(file, record);
        journal.ReadNew(file, Remember);
    }

    private void Remember(SubmissionRecord record)
    {
        latest[record.ClientRequestId] = record;
        if (record.GenerationId is { } generationId)
            byGeneration[generationId] = record.ClientRequestId;
    }
}
