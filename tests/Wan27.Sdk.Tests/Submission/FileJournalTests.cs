using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Wan27.Sdk.Tests.Submission;

public sealed class FileJournalTests : IDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

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

        await Assert.ThrowsAsync<ArgumentNullException>(() => journal.TryBeginAsync(null!, Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => journal.RecordAsync(null!, Cancellation).AsTask());
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_file_that_was_replaced_by_a_shorter_one_is_read_anew()
    {
        var journal = new FileSubmissionJournal(path);
        Assert.Null(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
        Assert.Null(await journal.TryBeginAsync(Entry("order-2"), Cancellation));
        File.Delete(path);
        Assert.Null(await new FileSubmissionJournal(path).TryBeginAsync(Entry("order-3"), Cancellation));

        Assert.Equal(["order-3"], (await journal.ReadPendingAsync(Cancellation)).Select(record => record.ClientRequestId));
        Assert.Null(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
    }

    [Fact]
    public async Task A_file_that_another_holds_is_waited_for_half_a_minute()
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
    public async Task An_error_that_is_no_lock_is_reported_at_once()
    {
        var tooLong = new FileSubmissionJournal(Path.Combine(Path.GetTempPath(), new string('x', 300)), new FakeTimeProvider());
        var folder = new FileSubmissionJournal(Path.GetTempPath(), new FakeTimeProvider());

        await Assert.ThrowsAnyAsync<IOException>(() => tooLong.ReadPendingAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => folder.ReadPendingAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task A_long_file_is_not_read_on_the_callers_thread_and_one_entry_is_found_without_the_others()
    {
        var line = JsonSerializer.Serialize(Entry("order-N"), Format) + "\n";
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

    private static SubmissionRecord Entry(string id) => new()
    {
        ClientRequestId = id, Fingerprint = "print", Model = "model", State = SubmissionState.Intended, RecordedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
