using System.Text.Json;

namespace Wan27.Sdk.Submission;

/// <summary>
/// An append-only file of records, one JSON object a line, that several processes share by locking it while they use it. Remembers how far it was
/// read. What cannot be read stops the reader: a submission that is passed over would be bought again.
/// </summary>
internal sealed class JournalFile(string path, TimeProvider time)
{
    private const int Format = 1;

    /// <summary>A record has some 400 bytes.</summary>
    private const int MaxLineLength = 64 * 1024;

    private static readonly TimeSpan LockRetryInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>How the line of each record begins, by which the torn rest of an append is told from another file.</summary>
    private static readonly byte[] RecordHead = "{\"v\":1,\"clientRequestId\":\""u8.ToArray();

    private long position;
    private int line;
    private byte[] lastLine = [];
    private bool isLockTested;

    private bool IsAtLineStart => position == 0 || lastLine is [.., (byte)'\n'];

    private int NextLine => IsAtLineStart ? line + 1 : line;

    /// <exception cref="IOException">The file cannot be opened or locked, or another process keeps its lock until the token is canceled.</exception>
    public async Task<FileStream> OpenExclusiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                ThrowIfNotLocked(file);
                return file;
            }
            catch (IOException e) when (IsLock(e))
            {
                await Task.Delay(LockRetryInterval, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the file still begins with what was read. If not, it was replaced, and is read again from its start.</summary>
    public bool TryContinue(FileStream file)
    {
        var found = new byte[lastLine.Length];
        if (file.Length >= position)
        {
            file.Position = position - found.Length;
            file.ReadExactly(found);
            if (found.AsSpan().SequenceEqual(lastLine))
                return true;
        }

        (position, line, lastLine) = (0, 0, []);
        return false;
    }

    /// <summary>Reads the records that were appended since. The torn rest of an append at the end, after a crash, is not a record.</summary>
    /// <exception cref="IOException">A line is not a record.</exception>
    public void ReadNew(FileStream file, Action<SubmissionRecord> use)
    {
        var buffer = new byte[MaxLineLength];
        var (start, filled) = (0, 0);
        file.Position = position;
        while (true)
        {
            var length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                Take(buffer.AsSpan(start, length), buffer.AsSpan(start, length + 1), use);
                start += length + 1;
                continue;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            (start, filled) = (0, filled - start);
            if (filled == buffer.Length)
                throw Unreadable("is longer than a record");
            var read = file.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
                break;
            filled += read;
        }

        var rest = buffer.AsSpan(0, filled);
        if (!rest.IsEmpty && !IsTorn(rest))
            Take(rest, rest, use);
    }

    /// <summary>Appends a record in one write and flushes it to the disk, in place of the torn rest of an earlier one. All records must have been read.</summary>
    public void Append(FileStream file, SubmissionRecord record)
    {
        file.SetLength(position);
        file.Position = position;
        byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(record, SubmissionJournalJson.Default.SubmissionRecord), (byte)'\n'];
        file.Write(IsAtLineStart ? text : [(byte)'\n', .. text]);
        file.Flush(flushToDisk: true);
    }

    // A byte order mark, CRLF and empty lines are what editors leave behind.
    private void Take(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes, Action<SubmissionRecord> use)
    {
        if (position == 0 && text.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
            text = text[3..];
        if (!text.Trim(" \t\r"u8).IsEmpty)
            use(Parse(text));
        (line, position, lastLine) = (NextLine, position + bytes.Length, bytes.ToArray());
    }

    private SubmissionRecord Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var record = JsonSerializer.Deserialize(text, SubmissionJournalJson.Default.SubmissionRecord);
            if (record?.Format > Format)
                throw Unreadable($"has format {record.Format}, and this version reads up to format {Format}; update the application");
            if (record is { ClientRequestId: not null, Fingerprint: not null, Model: not null } && Enum.IsDefined(record.State))
                return record;
        }
        catch (JsonException)
        {
            // Reported below, without the text.
        }

        throw Unreadable("is not a record of a submission");
    }

    private IOException Unreadable(string reason) =>
        new($"Line {NextLine} of '{path}' {reason}. Correct the file: a submission that cannot be read could be bought again");

    // A crash cuts a record or leaves zeros in its place; a file that was not written here has neither.
    private static bool IsTorn(ReadOnlySpan<byte> rest)
    {
        var written = rest.TrimEnd((byte)0);
        var head = Math.Min(written.Length, RecordHead.Length);
        return written[..head].SequenceEqual(RecordHead.AsSpan(0, head)) && !IsJson(written);
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var document) && document is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // .NET can be told not to lock files, and some file systems do not: two processes would then both buy.
    private void ThrowIfNotLocked(FileStream file)
    {
        if (isLockTested)
            return;
        try
        {
            using var second = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            isLockTested = true;
            return;
        }

        file.Dispose();
        throw new IOException($"'{path}' cannot be locked: file locking is switched off (DOTNET_SYSTEM_IO_DISABLEFILELOCKING), or the file system does not support it");
    }

    // EWOULDBLOCK on Linux and macOS; a sharing or lock violation on Windows.
    private static bool IsLock(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
