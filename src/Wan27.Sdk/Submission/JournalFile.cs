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

    private long position;
    private long lastRecord;
    private int line;
    private byte[] lastLine = [];
    private bool isInLine;
    private bool isLockTested;

    /// <summary>How a line begins; what follows is a record without its opening brace.</summary>
    private static ReadOnlySpan<byte> FormatPrefix => "{\"v\":1,"u8;

    private int NextLine => isInLine ? line : line + 1;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled, and another process still holds the lock.</exception>
    public async Task<FileStream> OpenExclusiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (IsLock(e))
            {
                await Task.Delay(LockRetryInterval, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Finds out whether an open file is locked. .NET can be set not to lock files, and some file systems do not: two processes would then both buy.</summary>
    /// <exception cref="IOException">The file is not locked.</exception>
    public void ThrowIfNotLocked()
    {
        if (isLockTested)
            return;
        try
        {
            using var second = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (IsLock(e))
        {
            isLockTested = true;
            return;
        }

        throw new IOException($"'{path}' cannot be locked: file locking is switched off (DOTNET_SYSTEM_IO_DISABLEFILELOCKING), or the file system does not support it");
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

        (position, lastRecord, line, lastLine, isInLine) = (0, 0, 0, [], false);
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
        // An empty line alone could be found in any file.
        lastLine = new byte[Math.Min(position - lastRecord, MaxLineLength)];
        file.Position = position - lastLine.Length;
        file.ReadExactly(lastLine);
    }

    /// <summary>Appends a record in one write and flushes it to the disk, in place of the torn rest of an earlier one. All records must have been read.</summary>
    /// <exception cref="IOException">The record could not be written, or not be read again.</exception>
    public void Append(FileStream file, SubmissionRecord record)
    {
        byte[] text = [.. FormatPrefix, .. JsonSerializer.SerializeToUtf8Bytes(record, SubmissionJournalJson.Default.SubmissionRecord).AsSpan(1), (byte)'\n'];
        if (text.Length > MaxLineLength || TryParse(text) is null)
            throw new IOException($"The record of '{record.ClientRequestId}' was not written to '{path}', because it is incomplete or longer than {MaxLineLength} bytes");
        file.SetLength(position);
        file.Position = position;
        file.Write(isInLine ? [(byte)'\n', .. text] : text);
        file.Flush(flushToDisk: true);
    }

    // A byte order mark, CRLF and empty lines are what editors leave behind.
    private void Take(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes, Action<SubmissionRecord> use)
    {
        if (position == 0 && text.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
            text = text[3..];
        if (!text.Trim(" \t\r"u8).IsEmpty)
        {
            use(TryParse(text) ?? throw Unreadable("is not a record of a submission"));
            lastRecord = position;
        }

        (line, position, isInLine) = (NextLine, position + bytes.Length, bytes[^1] != '\n');
    }

    private SubmissionRecord? TryParse(ReadOnlySpan<byte> text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, SubmissionJournalJson.Default.JournalLineFormat) is { V: > Format and var newer })
                throw Unreadable($"has format {newer}, and this version reads up to format {Format}; update the application");
            var record = JsonSerializer.Deserialize(text, SubmissionJournalJson.Default.SubmissionRecord);
            return record is { ClientRequestId: not null, Fingerprint: not null, Model: not null } && Enum.IsDefined(record.State) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IOException Unreadable(string reason) =>
        new($"Line {NextLine} of '{path}' {reason}. Correct the file: a submission that cannot be read could be bought again");

    // A crash cuts a record short or leaves zeros in its place; anything else that cannot be read is damage. The first version wrote no format.
    private static bool IsTorn(ReadOnlySpan<byte> rest)
    {
        var written = rest.TrimEnd((byte)0);
        var isOurs = IsPrefix(written, "{\"v\":1,\"clientRequestId\":\""u8) || IsPrefix(written, "{\"clientRequestId\":\""u8);
        return isOurs && IsCutShort(written);
    }

    private static bool IsPrefix(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => one.StartsWith(other) || other.StartsWith(one);

    private static bool IsCutShort(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                // To the end of what is there.
            }

            return reader is not { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // EWOULDBLOCK on Linux and macOS; a sharing or lock violation on Windows.
    private static bool IsLock(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
