using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.Journal;

/// <summary>With a journal, a submission with a caller's own id creates or resumes a generation.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => folder["journal.jsonl"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_same_id_and_request_return_the_existing_generation()
    {
        await using var fixture = await StartAsync();
        var first = await fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation);

        var again = await fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation);
        var inAnotherProcess = await NewProcess(fixture).CreateAsync(Samples.Text("order-1"), Cancellation);

        Assert.Equal((first.Id, first.Id), (again.Id, inAnotherProcess.Id));
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task The_same_id_and_another_request_are_an_error()
    {
        await using var fixture = await StartAsync();
        _ = await fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation);

        var e = await Assert.ThrowsAsync<WanValidationException>(
            () => NewProcess(fixture).CreateAsync(Samples.Text("order-1", prompt: "another video"), Cancellation));

        Assert.Equal(nameof(VideoGenerationRequest.ClientRequestId), Assert.Single(e.Problems).Member);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Another_image_is_another_request()
    {
        await using var fixture = await StartAsync();
        var retouched = (byte[])Samples.ImageBytes.Clone();
        retouched[^1] ^= 1;
        _ = await fixture.Client.CreateAsync(Samples.Image(MediaSource.FromBytes(Samples.ImageBytes)) with { ClientRequestId = "order-1" }, Cancellation);

        _ = await Assert.ThrowsAsync<WanValidationException>(
            () => fixture.Client.CreateAsync(Samples.Image(MediaSource.FromBytes(retouched)) with { ClientRequestId = "order-1" }, Cancellation));

        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Concurrent_callers_in_two_processes_buy_one_video()
    {
        await using var fixture = await StartAsync();
        var processes = new[] { fixture.Client, NewProcess(fixture) };

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            caller => Task.Run(() => processes[caller % 2].CreateAsync(Samples.Text("order-1"), Cancellation), Cancellation)));

        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, Assert.Single(all.Select(generation => generation.Id).Distinct()));
    }

    [Fact]
    public async Task The_intent_is_on_the_disk_before_the_request_is_sent()
    {
        await using var fixture = await StartAsync();
        var found = "";
        fixture.Emulator.Faults.Add(EmulatorFault.Status(500).On(EmulatorOperations.Submit).When(_ =>
        {
            found = ReadShared();
            return false;
        }));

        _ = await fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation);

        Assert.Contains("\"order-1\"", found, StringComparison.Ordinal);
        Assert.Contains(nameof(SubmissionState.Intended), found, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(SubmissionState.Accepted), found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_that_cannot_be_recorded_is_not_sent()
    {
        await using var fixture = await WanFixture.StartAsync(
            options => options.Journal = new FileSubmissionJournal(folder["no-such-folder/journal.jsonl"]));

        _ = await Assert.ThrowsAsync<WanConfigurationException>(() => fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation));

        Assert.Empty(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task A_refusal_leaves_the_id_free()
    {
        await using var fixture = await StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(403).On(EmulatorOperations.Submit));
        _ = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation));

        var generation = await fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation);

        Assert.Equal(generation.Id, Assert.Single(fixture.Ledger.Submissions).Id);
    }

    private Task<WanFixture> StartAsync() => WanFixture.StartAsync(options => options.Journal = new FileSubmissionJournal(Path));

    private WanVideoClient NewProcess(WanFixture fixture) => fixture.NewClient(options => options.Journal = new FileSubmissionJournal(Path));

    private string ReadShared()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
