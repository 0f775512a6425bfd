using System.Text;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Money.Journal;

/// <summary>The file beneath the journal: torn lines, several processes, and what it must never hold.</summary>
public sealed class JournalFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => folder["journal.jsonl"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{\"clientRequestId\":\"torn\",\"finger")]
    [InlineData("{")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"clientRequestId\":null,\"fingerprint\":null,\"model\":null,\"state\":\"Intended\",\"recordedAt\":\"2026-07-01T11:00:00+00:00\"}")]
    public async Task A_torn_last_line_is_passed_over_and_closed(string torn)
    {
        _ = await new FileSubmissionJournal(Path).TryBeginAsync(Intent("first"), Cancellation);
        await File.AppendAllTextAsync(Path, torn, Cancellation);

        var journal = new FileSubmissionJournal(Path);
        Assert.NotNull(await journal.TryBeginAsync(Intent("first"), Cancellation));
        Assert.Null(await journal.TryBeginAsync(Intent("second"), Cancellation));

        var pending = await new FileSubmissionJournal(Path).ReadPendingAsync(Cancellation);
        Assert.Equal(["first", "second"], pending.Select(record => record.ClientRequestId));
    }

    [Fact]
    public async Task A_last_line_torn_at_any_byte_costs_no_other()
    {
        _ = await new FileSubmissionJournal(Path).TryBeginAsync(Intent("first"), Cancellation);
        var whole = await File.ReadAllBytesAsync(Path, Cancellation);
        var second = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(whole).Replace("first", "other", StringComparison.Ordinal));
        for (var length = 0; length <= second.Length; length++)
        {
            await File.WriteAllBytesAsync(Path, [.. whole, .. second[..length]], Cancellation);

            var journal = new FileSubmissionJournal(Path);
            _ = await journal.TryBeginAsync(Intent("third"), Cancellation);

            var pending = (await new FileSubmissionJournal(Path).ReadPendingAsync(Cancellation)).Select(record => record.ClientRequestId).ToList();
            Assert.Contains("first", pending);
            Assert.Contains("third", pending);
        }
    }

    [Fact]
    public async Task Of_many_who_begin_one_id_on_one_file_one_may_send()
    {
        var journals = Enumerable.Range(0, 4).Select(_ => new FileSubmissionJournal(Path)).ToArray();

        var begun = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            i => Task.Run(async () => await journals[i % 4].TryBeginAsync(Intent($"order-{i % 10}"), Cancellation), Cancellation)));

        Assert.Equal(10, begun.Count(known => known is null));
        Assert.Equal(10, (await journals[0].ReadPendingAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Another_process_sees_what_was_recorded()
    {
        var (one, other) = (new FileSubmissionJournal(Path), new FileSubmissionJournal(Path));
        _ = await one.TryBeginAsync(Intent("order"), Cancellation);
        _ = Assert.Single(await other.ReadPendingAsync(Cancellation));

        await one.RecordAsync(Intent("order") with { State = SubmissionState.Accepted, GenerationId = "task" }, Cancellation);
        Assert.Equal("task", (await other.TryBeginAsync(Intent("order"), Cancellation))?.GenerationId);

        await other.RecordAsync(Intent("order") with { State = SubmissionState.Finished, GenerationId = "task" }, Cancellation);
        Assert.Empty(await one.ReadPendingAsync(Cancellation));
    }

    [Fact]
    public async Task It_holds_neither_prompt_nor_media_nor_key()
    {
        await using var fixture = await WanFixture.StartAsync(
            options =>
            {
                options.ApiKey = "canary-key";
                options.Journal = new FileSubmissionJournal(Path);
            },
            emulator => emulator.ApiKey = "canary-key");
        var request = Samples.Image(MediaSource.FromBytes(Samples.Picture)) with { Prompt = "canary-prompt", NegativePrompt = "canary-negative" };
        fixture.Emulator.Faults.Add(EmulatorFault.Status(403).On(EmulatorOperations.Submit));

        _ = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(request, Cancellation));
        _ = await fixture.Client.CreateAsync(request with { Audio = MediaSource.FromUri("https://canary-host.example/a.mp3?sig=canary") }, Cancellation);

        var text = await File.ReadAllTextAsync(Path, Cancellation);
        Assert.Equal(4, text.Count(c => c == '\n'));
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Samples.Picture.AsSpan(0, 30)), text, StringComparison.Ordinal);
        Assert.True(text.Length < 4000);
    }

    private static SubmissionRecord Intent(string id) => new()
    {
        ClientRequestId = id,
        Fingerprint = "0123456789ABCDEF",
        Model = TextToVideoRequest.DefaultModel,
        State = SubmissionState.Intended,
        RecordedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
