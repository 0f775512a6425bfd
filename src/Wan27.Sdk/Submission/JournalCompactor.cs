namespace Wan27.Sdk.Submission;

/// <summary>
/// Writes a journal's file again without what is not needed: lines that a later one replaces, refused submissions, and finished ones after the
/// retention time. The file is written in place, so that its lock, its permissions and its links stay; a complete copy beside it is written first,
/// from which the next process continues if this one is killed.
/// </summary>
internal sealed class JournalCompactor(string path, JournalFile journal, JournalIndex index)
{
    private readonly string copyPath = path + ".compacting";
    private long nextTry;

    /// <summary>Gets or sets from which length on a file is compacted; less is not worth the work.</summary>
    public long MinBytes { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets what runs between two steps, for a test that interrupts them.</summary>
    public Action<string> Step { get; set; } = _ => { };

    /// <summary>Whether a third of the file is not needed. What is needed may still contain expired entries.</summary>
    public bool IsWorthwhile => journal.Position > Math.Max(MinBytes, nextTry) && journal.Position / 3 * 2 > index.LiveBytes;

    /// <summary>Continues a compaction that was interrupted. An incomplete copy is deleted: the file is not changed yet.</summary>
    public void Recover(FileStream file)
    {
        if (!File.Exists(copyPath))
            return;
        using (var copy = new FileStream(copyPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
        {
            if (IsComplete(copy) && !(Starts(file, copy) && file.Length >= copy.Length))
                Replace(file, copy);
        }

        File.Delete(copyPath);
    }

    /// <summary>Compacts the file, all of which must have been read. The index must be read again.</summary>
    /// <param name="file">The locked file.</param>
    /// <param name="expiry">Entries that were complete or failed before are removed.</param>
    /// <returns>False if there is no space for the copy or it cannot be written, and then the file is not changed.</returns>
    public bool TryCompact(FileStream file, DateTimeOffset expiry)
    {
        try
        {
            using var copy = new FileStream(copyPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 64 * 1024);
            WriteCopy(file, copy, expiry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            nextTry = journal.Position * 2;
            return false;
        }

        Recover(file);
        return true;
    }

    private void WriteCopy(FileStream file, FileStream copy, DateTimeOffset expiry)
    {
        var number = index.Compaction + 1;
        var removed = new SpendingLedger();
        foreach (var day in index.Removed)
            removed.Add(day);
        copy.Write(JournalLine.Of(new JournalCompaction { Compaction = number }));
        new JournalFile(path, TimeProvider.System).ReadNew(file, (record, _, offset, _) =>
        {
            if (record is null || !index.IsLatest(record, offset))
                return;
            if (record.Job is null && record.RecordedAt < expiry && record.State is SubmissionState.Finished or SubmissionState.Completed)
                removed.Replace(null, record);
            else
                copy.Write(JournalLine.Of(record));
        });
        Step("copying");
        copy.Write(JournalLine.Of(new JournalCompaction { Compaction = number, Removed = [.. removed.Days] }));
        copy.Flush(flushToDisk: true);
    }

    // A file that is being replaced is always shorter than its copy.
    private void Replace(FileStream file, FileStream copy)
    {
        Step("copied");
        file.SetLength(0);
        Step("emptied");
        file.Position = copy.Position = 0;
        copy.CopyTo(file, 1024 * 1024);
        file.Flush(flushToDisk: true);
        Step("replaced");
    }

    /// <summary>Whether the last line is there, which is written last.</summary>
    private static bool IsComplete(FileStream copy)
    {
        Span<byte> end = new byte[Math.Min(copy.Length, JournalLine.MaxLength)];
        end = end[..RandomAccess.Read(copy.SafeFileHandle, end, copy.Length - end.Length)];
        if (end is not [.. var lines, (byte)'\n'])
            return false;
        return JournalLine.Parse(lines[(lines.LastIndexOf((byte)'\n') + 1)..]).Compaction is { Removed: not null };
    }

    private static bool Starts(FileStream file, FileStream copy)
    {
        Span<byte> expected = stackalloc byte[64];
        Span<byte> found = stackalloc byte[64];
        expected = expected[..RandomAccess.Read(copy.SafeFileHandle, expected, 0)];
        found = found[..RandomAccess.Read(file.SafeFileHandle, found, 0)];
        return found.SequenceEqual(expected);
    }
}
