using Microsoft.Extensions.Time.Testing;

namespace Wan27.Sdk.Tests.Submission;

public sealed class JournalCompactionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => folder["journal.jsonl"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Entries_are_removed_after_the_retention_time_and_still_count_in_their_budget()
    {
        var journal = Open();
        await FinishAsync(journal, "old");
        await BeginAsync(journal, "pending");
        clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));
        await FinishAsync(journal, "recent");

        var lines = await File.ReadAllLinesAsync(Path, Cancellation);

        Assert.Equal("""{"v":2,"compaction":1}""", System.Text.RegularExpressions.Regex.Replace(lines[0], "\"compaction\":\\d+", "\"compaction\":1"));
        Assert.DoesNotContain(lines, line => line.Contains("\"old\"", StringComparison.Ordinal));
        Assert.Null(await Open().TryBeginAsync(Entry("old"), Cancellation));
        Assert.NotNull(await Open().TryBeginAsync(Entry("recent"), Cancellation));
        Assert.NotNull(await Open().TryBeginAsync(Entry("pending"), Cancellation));
        Assert.Equal((2m, 2m), await TotalsAsync(Open()));
    }

    [Fact]
    public async Task Another_process_reads_a_compacted_file_again_and_continues_it()
    {
        var (one, other) = (Open(), Open(minBytes: 1_000_000));
        await BeginAsync(other, "order-0");
        await FinishAsync(one, "order-1");
        await FinishAsync(other, "order-2");
        await FinishAsync(one, "order-3");

        foreach (var id in new[] { "order-0", "order-1", "order-2", "order-3" })
        {
            Assert.NotNull(await one.TryBeginAsync(Entry(id), Cancellation));
            Assert.NotNull(await other.TryBeginAsync(Entry(id), Cancellation));
        }

        Assert.Equal((3m, 1m), await TotalsAsync(one));
        Assert.Equal((3m, 1m), await TotalsAsync(other));
    }

    [Theory]
    [InlineData("copying")]
    [InlineData("copied")]
    [InlineData("emptied")]
    [InlineData("replaced")]
    public async Task A_compaction_that_is_interrupted_is_continued_or_undone_by_the_next_process(string step)
    {
        var writer = Open(minBytes: 1_000_000);
        await BeginAsync(writer, "pending");
        for (var number = 0; number < 5; number++)
            await FinishAsync(writer, $"order-{number}");
        var interrupted = Open();
        interrupted.Compactor.Step = reached =>
        {
            if (reached == step)
                throw new InvalidOperationException("killed");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => interrupted.UpdateAsync(Change("pending", SubmissionState.Accepted), Cancellation).AsTask());
        Assert.True(File.Exists(Path + ".compacting"));

        var next = Open(minBytes: 1_000_000);
        Assert.Equal((6m, 0m), await TotalsAsync(next));
        await BeginAsync(next, "order-5");

        Assert.False(File.Exists(Path + ".compacting"));
        for (var number = 0; number < 6; number++)
            Assert.NotNull(await Open().TryBeginAsync(Entry($"order-{number}"), Cancellation));
        Assert.Equal("gen-pending", (await Open().TryBeginAsync(Entry("pending"), Cancellation))!.GenerationId);
    }

    [Fact]
    public async Task A_file_that_is_torn_at_any_byte_while_it_is_replaced_is_written_again()
    {
        var writer = Open(minBytes: 1_000_000);
        for (var number = 0; number < 3; number++)
            await FinishAsync(writer, $"order-{number}");
        var compacting = Open();
        compacting.Compactor.Step = reached => _ = reached == "replaced" ? throw new InvalidOperationException("killed") : true;
        await BeginAsync(compacting, "order-3");
        await Assert.ThrowsAsync<InvalidOperationException>(() => compacting.UpdateAsync(Change("order-3", SubmissionState.Accepted), Cancellation).AsTask());
        var complete = await File.ReadAllBytesAsync(Path, Cancellation);
        var copy = await File.ReadAllBytesAsync(Path + ".compacting", Cancellation);
        Assert.Equal(copy, complete);

        for (var length = 0; length < complete.Length; length += 7)
        {
            await File.WriteAllBytesAsync(Path, complete[..length], Cancellation);
            await File.WriteAllBytesAsync(Path + ".compacting", copy, Cancellation);
            Assert.Equal((4m, 0m), await TotalsAsync(Open(minBytes: 1_000_000)));
            Assert.Equal(complete, await File.ReadAllBytesAsync(Path, Cancellation));
        }
    }

    [Fact]
    public async Task What_was_appended_after_a_complete_replacement_is_kept()
    {
        var writer = Open();
        await FinishAsync(writer, "order-1");
        var copy = await File.ReadAllBytesAsync(Path, Cancellation);
        await BeginAsync(Open(minBytes: 1_000_000), "order-2");
        await File.WriteAllBytesAsync(Path + ".compacting", copy, Cancellation);

        Assert.NotNull(await Open().TryBeginAsync(Entry("order-2"), Cancellation));
        Assert.False(File.Exists(Path + ".compacting"));
    }

    [Fact]
    public async Task A_folder_without_space_for_a_copy_stops_no_submission()
    {
        Directory.CreateDirectory(Path + ".compacting");
        var journal = Open();

        await FinishAsync(journal, "order-1");

        Assert.NotNull(await journal.TryBeginAsync(Entry("order-1"), Cancellation));
    }

    [Fact]
    public async Task The_price_of_a_finished_generation_can_become_known_later()
    {
        var journal = Open(minBytes: 1_000_000);
        await BeginAsync(journal, "order-1");
        await journal.UpdateAsync(Change("order-1", SubmissionState.Finished), Cancellation);

        await Open(minBytes: 1_000_000).UpdateAsync(Change(null, SubmissionState.Accepted) with { GenerationId = "gen-order-1", ActualUsd = 0.4m }, Cancellation);

        Assert.Equal((0.4m, 0m), await TotalsAsync(Open()));
    }

    [Fact]
    public async Task A_submission_among_many_finished_ones_costs_what_it_costs_alone()
    {
        await File.WriteAllTextAsync(folder["full.jsonl"], string.Concat(Enumerable.Range(0, 20_000).Select(
            number => $$"""{"v":2,"clientRequestId":"old-{{number}}","fingerprint":"F","model":"m","state":"Finished","actualUsd":1,"recordedAt":"2026-07-01T12:00:00+00:00"}""" + "\n")), Cancellation);

        Assert.InRange(await AllocatedAsync(folder["full.jsonl"]), 0, await AllocatedAsync(folder["none.jsonl"]) + 4_000);
    }

    [Fact]
    public void A_retention_time_that_is_not_positive_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileSubmissionJournal(Path) { Retention = TimeSpan.Zero });

    /// <summary>The journal works on another thread, and other tests run beside it: the least of many calls is the call alone.</summary>
    private static async Task<long> AllocatedAsync(string path)
    {
        var journal = new FileSubmissionJournal(path);
        var least = long.MaxValue;
        for (var number = 0; number < 100; number++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            await BeginAsync(journal, $"new-{number}");
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        }

        return least;
    }

    private FileSubmissionJournal Open(long minBytes = 0)
    {
        var journal = new FileSubmissionJournal(Path, clock);
        journal.Compactor.MinBytes = minBytes;
        return journal;
    }

    private static async Task BeginAsync(FileSubmissionJournal journal, string id) =>
        Assert.Null(await journal.TryBeginAsync(Entry(id), Cancellation));

    private async Task FinishAsync(FileSubmissionJournal journal, string id)
    {
        await BeginAsync(journal, id);
        foreach (var state in new[] { SubmissionState.Accepted, SubmissionState.Completed, SubmissionState.Finished })
            await journal.UpdateAsync(Change(id, state), Cancellation);
    }

    private SubmissionChange Change(string? id, SubmissionState state) =>
        new() { ClientRequestId = id, GenerationId = $"gen-{id}", State = state, RecordedAt = clock.GetUtcNow() };

    private static async Task<(decimal Spent, decimal Reserved)> TotalsAsync(FileSubmissionJournal journal)
    {
        var totals = await journal.ReadTotalsAsync(null, null, SubmissionLimits.None, Cancellation);
        return (totals.SpentUsd, totals.ReservedUsd);
    }

    private static SubmissionRecord Entry(string id) => new()
    {
        ClientRequestId = id,
        Fingerprint = "print",
        Model = "model",
        State = SubmissionState.Intended,
        EstimatedUsd = 1m,
        RecordedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
