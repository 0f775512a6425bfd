using Microsoft.Extensions.Time.Testing;

namespace Wan27.Sdk.Tests.Submission;

public sealed class FileJournalTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_journal_without_a_path_is_refused(string? missing) => Assert.ThrowsAny<ArgumentException>(() => new FileSubmissionJournal(missing!));

    [Fact]
    public async Task An_entry_that_is_missing_is_refused()
    {
        var journal = new FileSubmissionJournal(path);

        await Assert.ThrowsAsync<ArgumentNullException>(() => journal.TryBeginAsync(null!, SubmissionLimits.None, Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => journal.UpdateAsync(null!, Cancellation).AsTask());
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_file_that_was_replaced_by_a_shorter_one_is_read_again()
    {
        var journal = new FileSubmissionJournal(path);
        Assert.Null(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
        Assert.Null(await journal.TryBeginAsync(Entry("order-2"), Cancellation));
        File.Delete(path);
        Assert.Null(await new FileSubmissionJournal(path).TryBeginAsync(Entry("order-3"), Cancellation));

        Assert.Equal(["order-3"], (await journal.ReadPendingAsync(Cancellation)).Select(record => record.ClientRequestId));
        Assert.Null(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n")]
    public async Task A_file_with_empty_lines_that_was_replaced_is_read_again(string end)
    {
        await File.WriteAllTextAsync(path, Line("order-1") + end, Cancellation);
        var journal = new FileSubmissionJournal(path);
        Assert.NotNull(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
        var longer = "order-" + new string('9', end.Length + 1);
        await File.WriteAllTextAsync(path, Line(longer) + Line("order-2"), Cancellation);

        Assert.NotNull(await journal.TryBeginAsync(Entry(longer), Cancellation));
        Assert.Null(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_read_and_continued()
    {
        var torn = Line("order-3")[..60];
        await File.WriteAllTextAsync(path, Line("order-1") + Line("order-2") + torn, Cancellation);
        var journal = new FileSubmissionJournal(path);

        Assert.NotNull(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
        await journal.RecordAsync((await journal.FindPendingAsync("order-1", null, Cancellation))! with { State = SubmissionState.Finished }, Cancellation);

        Assert.Equal(Entry("order-2"), Assert.Single(await new FileSubmissionJournal(path).ReadPendingAsync(Cancellation)));
        Assert.StartsWith("{\"v\":2,\"clientRequestId\":\"order-1\"", (await File.ReadAllLinesAsync(path, Cancellation))[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"v\":1,\"clientRequestId\":\"order-2\"#\"fingerprint\":\"print\"", "is not a record")]
    [InlineData("{\"clientRequestId\":\"order-2\"}, \"fingerprint\":\"print\"}", "is not a record")]
    [InlineData("{\"v\":3,\"clientRequestId\":\"order-2\",\"phases\":[1]}", "has format 3")]
    [InlineData("{\"clientRequestId\":\"order-2\",\"state\":\"Unheard\",\"v\":3}\n", "has format 3")]
    public async Task A_last_line_that_is_damaged_or_newer_is_not_taken_for_a_torn_one(string line, string reason)
    {
        await File.WriteAllTextAsync(path, Line("order-1") + line, Cancellation);

        var error = await Assert.ThrowsAsync<IOException>(() => new FileSubmissionJournal(path).TryBeginAsync(Entry("order-2"), Cancellation).AsTask());

        Assert.Contains($"Line 2 of '{path}' {reason}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_could_not_be_read_again_is_not_written()
    {
        var journal = new FileSubmissionJournal(path);
        Assert.Null(await journal.TryBeginAsync(Entry("order-1"), Cancellation));

        foreach (var bad in new[] { Entry("order-2") with { State = (SubmissionState)9 }, Entry("order-2") with { Model = new string('m', 100_000) } })
            Assert.Contains("was not written", (await Assert.ThrowsAsync<IOException>(() => journal.TryBeginAsync(bad, Cancellation).AsTask())).Message, StringComparison.Ordinal);

        Assert.Equal(Entry("order-1"), Assert.Single(await new FileSubmissionJournal(path).ReadPendingAsync(Cancellation)));
    }

    [Fact]
    public async Task A_file_that_another_process_locks_is_waited_for_half_a_minute()
    {
        var clock = new FakeTimeProvider();
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var reading = new FileSubmissionJournal(path, clock).ReadPendingAsync(Cancellation).AsTask();
            clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
            Assert.False(reading.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        }

        Assert.Empty(await new FileSubmissionJournal(path, clock).ReadPendingAsync(Cancellation));
    }

    [Fact]
    public async Task All_callers_together_wait_half_a_minute_for_a_lock()
    {
        var clock = new FakeTimeProvider();
        var journal = new FileSubmissionJournal(path, clock);
        using var holder = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var calls = Enumerable.Range(0, 3).Select(_ => journal.ReadPendingAsync(Cancellation).AsTask()).ToList();

        clock.Advance(TimeSpan.FromSeconds(30));

        foreach (var call in calls)
            Assert.Contains("did not release it within 30 s", (await Assert.ThrowsAsync<IOException>(() => call.WaitAsync(TimeSpan.FromSeconds(10), Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_other_than_a_lock_is_reported_at_once()
    {
        var tooLong = new FileSubmissionJournal(Path.Combine(Path.GetTempPath(), new string('x', 300)), new FakeTimeProvider());
        var folder = new FileSubmissionJournal(Path.GetTempPath(), new FakeTimeProvider());

        await Assert.ThrowsAnyAsync<IOException>(() => tooLong.ReadPendingAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => folder.ReadPendingAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task A_long_file_is_read_on_another_thread_and_one_entry_is_found_alone()
    {
        var line = Line("order-N");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Range(0, 20_000).Select(i => line.Replace("order-N", $"order-{i}", StringComparison.Ordinal))), Cancellation);
        var journal = new FileSubmissionJournal(path);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = journal.ReadPendingAsync(Cancellation).AsTask();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        Assert.Equal(20_000, (await reading).Count);

        Assert.Equal("order-7", (await journal.FindPendingAsync("order-7", null, Cancellation))!.ClientRequestId);
        await journal.RecordAsync(Entry("order-7") with { State = SubmissionState.Accepted, GenerationId = "gen-7" }, Cancellation);
        Assert.Equal("order-7", (await journal.FindPendingAsync(null, "gen-7", Cancellation))!.ClientRequestId);
        await journal.RecordAsync(Entry("order-7") with { State = SubmissionState.Finished, GenerationId = "gen-7" }, Cancellation);
        Assert.Null(await journal.FindPendingAsync(null, "gen-7", Cancellation));
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_not_waited_for()
    {
        var journal = new FileSubmissionJournal(Path.Combine(path, "journal.jsonl"), new FakeTimeProvider());

        await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => journal.TryBeginAsync(Entry("order-1"), Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    /// <summary>A line as the first version wrote it, without a format.</summary>
    private static string Line(string id) =>
        $$"""{"clientRequestId":"{{id}}","fingerprint":"print","model":"model","state":"Intended","recordedAt":"2026-07-01T12:00:00+00:00"}""" + "\n";

    private static SubmissionRecord Entry(string id) => new()
    {
        ClientRequestId = id,
        Fingerprint = "print",
        Model = "model",
        State = SubmissionState.Intended,
        RecordedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
