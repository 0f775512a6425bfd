using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wan27.Sdk.Submission;

namespace Wan27.Sdk;

/// <summary>
/// A journal in one file: a line of JSON for each entry, only ever appended, and on the disk before the call returns. Safe between threads and
/// between processes of one machine, each of which locks the file for the moment of its write, and waits up to 30 s for the lock of another. A last
/// line torn by a crash is passed over.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle: a journal has no end that a caller must mark.")]
public sealed class FileSubmissionJournal : ISubmissionJournal
{
    private readonly string path;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<string, SubmissionRecord> latest = new(StringComparer.Ordinal);
    private long position;

    /// <summary>Opens a journal, which is made with its first entry.</summary>
    /// <param name="path">The file's path; its folder must exist.</param>
    /// <param name="timeProvider">Paces the wait for another process's lock; null: the system's clock.</param>
    /// <exception cref="ArgumentException">The path is empty, or none.</exception>
    public FileSubmissionJournal(string path, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = Path.GetFullPath(path);
        time = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written, or another process does not let go of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
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
    /// <exception cref="IOException">The file cannot be written, or another process does not let go of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
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
    /// <exception cref="IOException">The file cannot be read, or another process does not let go of it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened for writing, as its lock needs.</exception>
    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) =>
        await LockedAsync(
            _ => latest.Values
                .Where(record => record.State is SubmissionState.Intended or SubmissionState.Accepted)
                .OrderBy(record => record.RecordedAt)
                .ToList(),
            cancellationToken).ConfigureAwait(false);

    private async Task<T> LockedAsync<T>(Func<FileStream, T> use, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var file = await JournalFile.OpenExclusiveAsync(path, time, cancellationToken).ConfigureAwait(false);
            CatchUp(file);
            return use(file);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Takes in what others have written since.</summary>
    private void CatchUp(FileStream file)
    {
        if (file.Length < position)
        {
            latest.Clear();
            position = 0;
        }

        foreach (var line in JournalFile.ReadLines(file, ref position))
        {
            if (Parse(line.Span) is { } record)
                latest[record.ClientRequestId] = record;
        }
    }

    private void Append(FileStream file, SubmissionRecord record)
    {
        JournalFile.AppendLine(file, JsonSerializer.SerializeToUtf8Bytes(record, SubmissionJournalJson.Default.SubmissionRecord));
        CatchUp(file);
    }

    // What must be there may still be written as null.
    private static SubmissionRecord? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return !line.IsEmpty
                && JsonSerializer.Deserialize(line, SubmissionJournalJson.Default.SubmissionRecord) is { ClientRequestId: not null, Fingerprint: not null, Model: not null } record
                ? record
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
