namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>A journal's file after any accident: it is refused and unchanged, or the next process finds a record that is written to it.</summary>
internal static class JournalTarget
{
    private static readonly string Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"wan27-fuzz-{Environment.ProcessId}.jsonl");

    public static void Feed(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        var intent = new SubmissionRecord
        {
            ClientRequestId = "after-the-accident",
            Fingerprint = "F",
            Model = "m",
            State = SubmissionState.Intended,
            RecordedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
        };
        try
        {
            var known = new FileSubmissionJournal(Path).TryBeginAsync(intent, SubmissionLimits.None).AsTask().GetAwaiter().GetResult();
            var pending = new FileSubmissionJournal(Path).ReadPendingAsync().AsTask().GetAwaiter().GetResult();
            BrokenPromiseException.ThrowUnless(known.Known is not null || pending.Contains(intent), "the written record is not found");
            BrokenPromiseException.ThrowUnless(pending.All(record => record is { ClientRequestId: not null, Fingerprint: not null, Model: not null }), "an entry lacks what it must have");
        }
        catch (IOException)
        {
            BrokenPromiseException.ThrowUnless(File.ReadAllBytes(Path).AsSpan().SequenceEqual(bytes), "a file that was refused is changed");
        }
        finally
        {
            File.Delete(Path);
        }
    }
}
