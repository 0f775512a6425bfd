using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>After a crash: the entries of the journal that are not finished.</summary>
public sealed class ResumePendingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Another_process_finds_accepted_and_lost_submissions_and_sends_nothing()
    {
        await using var fixture = await WanFixture.StartAsync(Journaled);
        await fixture.Client.CreateAsync(Samples.Text("accepted"), Cancellation);
        await LoseAsync(fixture, "lost-and-found", EmulatorFault.CloseAt(0));
        await LoseAsync(fixture, "lost", EmulatorFault.CloseAt(0).BeforeAccepting());
        fixture.Emulator.Faults.Add(EmulatorFault.Status(403).On(EmulatorOperations.Submit));
        _ = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text("refused"), Cancellation));
        var bodies = fixture.Ledger.CompleteSubmissionBodies;

        var outcomes = await ResumeAsync(fixture.NewClient(Journaled));

        Assert.Equal(["accepted", "lost-and-found", "lost"], outcomes.Select(outcome => outcome.ClientRequestId));
        Assert.Equal(fixture.Ledger.Submissions.Select(submission => submission.Id), outcomes.Take(2).Select(outcome => outcome.Generation?.Id));
        Assert.True(outcomes[2].IsUnknown);
        Assert.Equal(bodies, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_downloaded_generation_is_not_resumed_again()
    {
        await using var fixture = await WanFixture.StartAsync(Journaled);
        var kept = await fixture.Client.GenerateAndWaitAsync(Samples.Text("kept"), cancellationToken: Cancellation);
        _ = await fixture.Client.GenerateAndWaitAsync(Samples.Text("not-yet"), cancellationToken: Cancellation);

        await fixture.Client.DownloadToFileAsync(kept, folder["kept.mp4"], cancellationToken: Cancellation);

        Assert.Equal("not-yet", Assert.Single(await ResumeAsync(fixture.NewClient(Journaled))).ClientRequestId);
    }

    [Fact]
    public async Task A_fully_read_stream_is_not_resumed_again_and_an_abandoned_one_is()
    {
        await using var fixture = await WanFixture.StartAsync(Journaled);
        var read = await fixture.Client.GenerateAndWaitAsync(Samples.Text("read"), cancellationToken: Cancellation);
        var left = await fixture.Client.GenerateAndWaitAsync(Samples.Text("left"), cancellationToken: Cancellation);

        await using (var video = await fixture.Client.OpenReadAsync(read, cancellationToken: Cancellation))
            await video.CopyToAsync(Stream.Null, Cancellation);
        await using (var video = await fixture.Client.OpenReadAsync(left, cancellationToken: Cancellation))
            _ = await video.ReadAsync(new byte[16], Cancellation);

        Assert.Equal("left", Assert.Single(await ResumeAsync(fixture.NewClient(Journaled))).ClientRequestId);
    }

    [Fact]
    public async Task A_failed_generation_is_reported_once()
    {
        await using var fixture = await WanFixture.StartAsync(Journaled);
        fixture.Emulator.Script(EmulatorScript.FailWith("ContentPolicy", "No."));
        await fixture.Client.CreateAsync(Samples.Text("failed"), Cancellation);

        var first = await ResumeAsync(fixture.NewClient(Journaled));
        var second = await ResumeAsync(fixture.NewClient(Journaled));

        _ = Assert.IsType<WanGenerationFailedException>(Assert.Single(first).Error);
        Assert.Empty(second);
    }

    [Fact]
    public async Task Without_a_journal_nothing_is_resumed_and_the_error_names_the_setting()
    {
        await using var fixture = await WanFixture.StartAsync();

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => ResumeAsync(fixture.Client));

        Assert.Contains("Journal", e.Message, StringComparison.Ordinal);
    }

    private static async Task LoseAsync(WanFixture fixture, string id, EmulatorFault fault)
    {
        fixture.Emulator.Faults.Add(fault.On(EmulatorOperations.Submit), EmulatorFault.LogRowsWithoutClientId().Always());
        _ = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => fixture.Client.CreateAsync(Samples.Text(id), Cancellation));
        fixture.Emulator.Faults.Clear();
    }

    private static async Task<List<GenerationOutcome>> ResumeAsync(WanVideoClient client)
    {
        var outcomes = new List<GenerationOutcome>();
        await foreach (var outcome in client.FindPendingAsync(Cancellation))
            outcomes.Add(outcome);
        return outcomes;
    }

    private void Journaled(WanVideoClientOptions options) => options.Journal = new FileSubmissionJournal(folder["journal.jsonl"]);
}
