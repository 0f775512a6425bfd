using Wan27.Sdk.StressTests.KilledProcesses;
using System.Diagnostics;
using System.Text;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.Journal;

/// <summary>The file of the journal: torn lines, several processes, and what it must never contain.</summary>
public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => folder["journal.jsonl"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{\"v\":1,\"clientRequestId\":\"torn\",\"finger")]
    [InlineData("{\"v\":1,\"client\0\0\0")]
    [InlineData("{")]
    [InlineData("\0\0\0\0")]
    public async Task The_torn_rest_of_an_append_is_replaced_by_the_next(string torn)
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
    public async Task A_last_line_torn_at_any_byte_loses_no_other_line()
    {
        _ = await new FileSubmissionJournal(Path).TryBeginAsync(Intent("first"), Cancellation);
        var complete = await File.ReadAllBytesAsync(Path, Cancellation);
        var second = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(complete).Replace("first", "other", StringComparison.Ordinal));
        for (var length = 0; length <= second.Length; length++)
        {
            await File.WriteAllBytesAsync(Path, [.. complete, .. second[..length]], Cancellation);

            var journal = new FileSubmissionJournal(Path);
            _ = await journal.TryBeginAsync(Intent("third"), Cancellation);

            var pending = (await new FileSubmissionJournal(Path).ReadPendingAsync(Cancellation)).Select(record => record.ClientRequestId).ToList();
            Assert.Contains("first", pending);
            Assert.Contains("third", pending);
        }
    }

    [Theory]
    [InlineData("{\"v\":1,\"clientRequestId\":\"damaged\",\"finger\n", "is not a record")]
    [InlineData("{\"v\":1,\"clientRequestId\":null,\"fingerprint\":null,\"model\":null,\"state\":\"Intended\",\"recordedAt\":\"2026-07-01T11:00:00+00:00\"}", "is not a record")]
    [InlineData("{\"v\":1,\"clientRequestId\":\"a\",\"fingerprint\":\"b\",\"model\":\"c\",\"state\":\"Lost\",\"recordedAt\":\"2026-07-01T11:00:00+00:00\"}\n", "is not a record")]
    [InlineData("{\"v\":1,\"clientRequestId\":\"a\",\"fingerprint\":\"b\",\"model\":\"c\",\"state\":7,\"recordedAt\":\"2026-07-01T11:00:00+00:00\"}\n", "is not a record")]
    [InlineData("{\"v\":3,\"clientRequestId\":\"a\",\"fingerprint\":\"b\",\"model\":\"c\",\"state\":\"Intended\",\"recordedAt\":\"2026-07-01T11:00:00+00:00\"}\n", "has format 3")]
    [InlineData("{}\n", "is not a record")]
    [InlineData("a shopping list", "is not a record")]
    [InlineData("<html>\n", "is not a record")]
    public async Task A_line_that_cannot_be_read_stops_before_anything_is_sent(string line, string reason)
    {
        _ = await new FileSubmissionJournal(Path).TryBeginAsync(Intent("first"), Cancellation);
        await File.AppendAllTextAsync(Path, line, Cancellation);
        var before = await File.ReadAllBytesAsync(Path, Cancellation);
        await using var fixture = await WanFixture.StartAsync(options => options.Journal = new FileSubmissionJournal(Path));

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<WanConfigurationException>(() => fixture.Client.CreateAsync(Samples.Text("order"), Cancellation));
            Assert.Contains($"Line 2 of '{Path}' {reason}", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(fixture.Ledger.Requests);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path, Cancellation));
    }

    [Fact]
    public async Task A_line_longer_than_any_record_is_an_error()
    {
        await File.WriteAllBytesAsync(Path, new byte[200_000], Cancellation);

        var error = await Assert.ThrowsAsync<IOException>(() => new FileSubmissionJournal(Path).TryBeginAsync(Intent("order"), Cancellation).AsTask());

        Assert.Contains("Line 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF", "\n", "\n")]
    [InlineData("", "\r\n", "\r\n")]
    [InlineData("\uFEFF", "\r\n", "")]
    [InlineData("", "\n", "")]
    [InlineData("", "\n\n", "\n \n")]
    public async Task Changes_by_an_editor_lose_no_record(string begin, string lineEnd, string end)
    {
        var journal = new FileSubmissionJournal(Path);
        _ = await journal.TryBeginAsync(Intent("first"), Cancellation);
        _ = await journal.TryBeginAsync(Intent("second"), Cancellation);
        var lines = await File.ReadAllLinesAsync(Path, Cancellation);
        await File.WriteAllTextAsync(Path, begin + string.Join(lineEnd, lines) + end, Cancellation);

        var edited = new FileSubmissionJournal(Path);
        Assert.NotNull(await edited.TryBeginAsync(Intent("second"), Cancellation));
        Assert.Null(await edited.TryBeginAsync(Intent("third"), Cancellation));

        Assert.All(new[] { edited, journal, new FileSubmissionJournal(Path) }, each => Assert.Equal(
            ["first", "second", "third"],
            each.ReadPendingAsync(Cancellation).AsTask().GetAwaiter().GetResult().Select(record => record.ClientRequestId)));
    }

    [Fact]
    public async Task A_file_that_was_replaced_by_a_longer_one_is_read_again()
    {
        var journal = new FileSubmissionJournal(Path);
        _ = await journal.TryBeginAsync(Intent("first"), Cancellation);
        var other = new FileSubmissionJournal(folder["other.jsonl"]);
        foreach (var id in new[] { "order-1", "order-2", "order-3" })
            _ = await other.TryBeginAsync(Intent(id), Cancellation);
        File.Move(folder["other.jsonl"], Path, overwrite: true);

        Assert.NotNull(await journal.TryBeginAsync(Intent("order-1"), Cancellation));
    }

    [Theory]
    [InlineData("1", 3, "cannot be locked")]
    [InlineData("0", 0, "")]
    public async Task A_journal_is_refused_if_file_locking_is_switched_off(string disabled, int exitCode, string output)
    {
        var start = new ProcessStartInfo(VictimProcess.Program, ["journal", Path]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = disabled;
        start.Environment["DOTNET_ROOT"] = VictimProcess.DotnetRoot;

        using var process = Process.Start(start)!;
        var written = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains(output, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_one_of_many_callers_with_one_id_on_one_file_may_send()
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

        await one.RecordAsync(Intent("order") with { State = SubmissionState.Accepted, GenerationId = "gen-1" }, Cancellation);
        Assert.Equal("gen-1", (await other.TryBeginAsync(Intent("order"), Cancellation))?.GenerationId);

        await other.RecordAsync(Intent("order") with { State = SubmissionState.Finished, GenerationId = "gen-1" }, Cancellation);
        Assert.Empty(await one.ReadPendingAsync(Cancellation));
    }

    [Fact]
    public async Task It_contains_neither_prompt_nor_media_nor_key()
    {
        await using var fixture = await WanFixture.StartAsync(
            options =>
            {
                options.ApiKey = "canary-key";
                options.Journal = new FileSubmissionJournal(Path);
            },
            emulator => emulator.ApiKey = "canary-key");
        var request = Samples.Image(MediaSource.FromBytes(Samples.ImageBytes)) with { Prompt = "canary-prompt", NegativePrompt = "canary-negative" };
        fixture.Emulator.Faults.Add(EmulatorFault.Status(403).On(EmulatorOperations.Submit));

        _ = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(request, Cancellation));
        _ = await fixture.Client.CreateAsync(request with { Audio = MediaSource.FromUri("https://canary-host.example/a.mp3?sig=canary") }, Cancellation);

        var text = await File.ReadAllTextAsync(Path, Cancellation);
        Assert.Equal(4, text.Count(c => c == '\n'));
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Samples.ImageBytes.AsSpan(0, 30)), text, StringComparison.Ordinal);
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
