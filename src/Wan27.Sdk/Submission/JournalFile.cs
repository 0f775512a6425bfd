namespace Wan27.Sdk.Submission;

/// <summary>
/// An append-only file of lines that several processes share by locking it while they use it. Remembers how far it was read. What cannot be read
/// stops the reader: a submission that is passed over would be bought again.
/// </summary>
internal sealed class JournalFile(string path, TimeProvider time)
{
    /// <summary>How much of the start is compared. The first line of a compacted file is shorter.</summary>
    private const int StartLength = 64;

    private static readonly TimeSpan LockRetryInterval = TimeSpan.FromMilliseconds(10);

    private readonly byte[] buffer = new byte[2 * JournalLine.MaxLength];
    private byte[] start = [];
    private byte[] lastLine = [];
    private long lastRecord;
    private int line;
    private bool isInLine;
    private bool isLockTested;

    public delegate void LineReader(SubmissionRecord? record, JournalCompaction? compaction, long offset, int length);

    /// <summary>How far the file was read, which is its length without a torn rest.</summary>
    public long Position { get; private set; }

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

    /// <summary>Whether the file still begins with what was read. If not, it was compacted or replaced, and is read again from its start.</summary>
    public bool TryContinue(FileStream file)
    {
        if (RandomAccess.GetLength(file.SafeFileHandle) >= Position && Has(file, start, 0) && Has(file, lastLine, Position - lastLine.Length))
            return true;
        Forget();
        return false;
    }

    /// <summary>Makes the next read begin at the start of the file.</summary>
    public void Forget() => (Position, lastRecord, line, start, lastLine, isInLine) = (0, 0, 0, [], [], false);

    /// <summary>Reads the lines that were appended since. The torn rest of an append at the end, after a crash, is not a line.</summary>
    /// <exception cref="IOException">A line is not a record.</exception>
    public void ReadNew(FileStream file, LineReader use)
    {
        if (RandomAccess.GetLength(file.SafeFileHandle) == Position)
            return;
        var (begin, filled, read) = (0, 0, Position);
        while (true)
        {
            var length = buffer.AsSpan(begin, filled - begin).IndexOf((byte)'\n');
            if (length >= JournalLine.MaxLength || (length < 0 && filled - begin > JournalLine.MaxLength))
                throw Unreadable("is longer than a record");
            if (length >= 0)
            {
                Take(buffer.AsSpan(begin, length), length + 1, use);
                begin += length + 1;
                continue;
            }

            buffer.AsSpan(begin, filled - begin).CopyTo(buffer);
            (begin, filled) = (0, filled - begin);
            var more = RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(filled), read);
            if (more == 0)
                break;
            (filled, read) = (filled + more, read + more);
        }

        if (filled > 0 && !JournalLine.IsTorn(buffer.AsSpan(0, filled)))
        {
            Take(buffer.AsSpan(0, filled), filled, use);
            isInLine = true;
        }

        Mark(file);
    }

    /// <summary>Reads the record at an offset.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public SubmissionRecord ReadAt(FileStream file, long offset)
    {
        Span<byte> text = stackalloc byte[1024];
        var found = text[..RandomAccess.Read(file.SafeFileHandle, text, offset)];
        if (found.IndexOf((byte)'\n') < 0)
        {
            text = new byte[JournalLine.MaxLength];
            found = text[..RandomAccess.Read(file.SafeFileHandle, text, offset)];
        }

        var end = found.IndexOf((byte)'\n');
        return JournalLine.Parse(end < 0 ? found : found[..end]).Record
            ?? throw new IOException($"'{path}' was changed while it was used: there is no record at byte {offset}");
    }

    /// <summary>Appends a record in one write and flushes it to the disk, in place of the torn rest of an earlier one. All lines must have been read.</summary>
    /// <exception cref="IOException">The record could not be written, or not be read again.</exception>
    public void Append(FileStream file, SubmissionRecord record, LineReader use)
    {
        var text = JournalLine.Of(record);
        if (text.Length > JournalLine.MaxLength || JournalLine.Parse(text).Record is null)
            throw new IOException($"The record of '{record.ClientRequestId}' was not written to '{path}', because it is incomplete or longer than {JournalLine.MaxLength} bytes");
        if (RandomAccess.GetLength(file.SafeFileHandle) != Position)
            file.SetLength(Position);
        file.Position = Position;
        file.Write(isInLine ? [(byte)'\n', .. text] : text);
        file.Flush(flushToDisk: true);
        if (isInLine)
            (Position, isInLine) = (Position + 1, false);
        Take(text.AsSpan(0, text.Length - 1), text.Length, use);
        Mark(file);
    }

    // A byte order mark, CRLF and empty lines are what editors leave behind.
    private void Take(ReadOnlySpan<byte> text, int length, LineReader use)
    {
        var offset = Position;
        if (offset == 0 && text.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            text = text[3..];
            offset = 3;
        }

        if (!text.Trim(" \t\r"u8).IsEmpty)
        {
            var (record, compaction) = Parse(text);
            use(record, compaction, offset, length);
            lastRecord = Position;
        }

        (line, Position, isInLine) = (NextLine, Position + length, false);
    }

    private (SubmissionRecord? Record, JournalCompaction? Compaction) Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var parsed = JournalLine.Parse(text);
            return parsed is (null, null) ? throw Unreadable("is not a record of a submission") : parsed;
        }
        catch (NotSupportedException e)
        {
            throw Unreadable(e.Message);
        }
    }

    /// <summary>Remembers the start and the last line, by which a file is known again. An empty line alone could be found in any file.</summary>
    private void Mark(FileStream file)
    {
        if (start.Length < StartLength)
            start = BytesAt(file, 0, (int)Math.Min(Position, StartLength));
        lastLine = BytesAt(file, Math.Max(lastRecord, Position - JournalLine.MaxLength), (int)Math.Min(Position - lastRecord, JournalLine.MaxLength));
    }

    private static byte[] BytesAt(FileStream file, long offset, int length)
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length && RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), offset + read) is > 0 and var more)
            read += more;
        return read == length ? bytes : bytes[..read];
    }

    private static bool Has(FileStream file, byte[] expected, long offset) => BytesAt(file, offset, expected.Length).AsSpan().SequenceEqual(expected);

    private IOException Unreadable(string reason) =>
        new($"Line {NextLine} of '{path}' {reason}. Correct the file: a submission that cannot be read could be bought again");

    // EWOULDBLOCK on Linux and macOS; a sharing or lock violation on Windows.
    private static bool IsLock(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
