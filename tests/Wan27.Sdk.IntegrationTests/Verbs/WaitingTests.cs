using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>Reads a generation, waits for it and watches it, over sockets.</summary>
public sealed class WaitingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_generation_is_read_in_its_current_state()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued", "brewing", "completed"));
        var accepted = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        var statuses = new List<string>();
        for (var i = 0; i < 3; i++)
            statuses.Add((await fixture.Client.GetAsync(accepted.Id, Cancellation)).Status.Value);

        Assert.Equal(["queued", "brewing", "completed"], statuses);
    }

    [Fact]
    public async Task An_unknown_generation_is_an_error_with_its_id()
    {
        await using var fixture = await WanFixture.StartAsync();

        var e = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.GetAsync("no/such?task&1", Cancellation));

        Assert.Equal((HttpStatusCode.NotFound, "no/such?task&1"), (e.StatusCode, e.GenerationId));
        Assert.Equal("?generation_id=no%2Fsuch%3Ftask%261", Assert.Single(fixture.Ledger.Requests).Query);
    }

    [Fact]
    public async Task Another_process_waits_from_the_bare_id()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued", "generating", "generating", "succeeded"));
        var accepted = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        var finished = await fixture.NewClient().WaitAsync(accepted.Id, cancellationToken: Cancellation);

        Assert.True(finished.Status.IsSucceeded);
        Assert.NotNull(finished.Video?.Uri);
        Assert.Equal(accepted.Id, Assert.Single(fixture.Ledger.Charges).GenerationId);
    }

    [Fact]
    public async Task Watching_a_generation_shows_each_change_once()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued", "queued", "generating", "brewing", "brewing", "completed"));
        var accepted = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        var seen = new List<string>();
        await foreach (var change in fixture.Client.WatchAsync(accepted.Id, cancellationToken: Cancellation))
            seen.Add(change.Status.Value);

        Assert.Equal(["queued", "generating", "brewing", "completed"], seen);
    }

    [Fact]
    public async Task The_first_report_comes_with_the_acceptance_and_has_the_id()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued", "generating", "completed"));
        var readsAtFirstReport = -1;
        var progress = new Recorder<GenerationProgress>(report => readsAtFirstReport = report.Polls > 0
            ? readsAtFirstReport
            : fixture.Ledger.Requests.Count(request => request.Operation is EmulatorOperations.Get));

        var generation = await fixture.Client.GenerateAndWaitAsync(Samples.Text("order-1"), progress: progress, cancellationToken: Cancellation);

        Assert.Equal(0, readsAtFirstReport);
        Assert.Equal([0, 1, 2, 3], progress.Reports.Select(report => report.Polls));
        Assert.All(progress.Reports, report => Assert.Equal((generation.Id, "order-1"), (report.GenerationId, report.ClientRequestId)));
        Assert.Equal(["queued", "queued", "generating", "completed"], progress.Reports.Select(report => report.Status.Value));
        Assert.Equal(0.65m, fixture.Ledger.TotalCharged);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_failed_generation_is_reported_with_its_reason_and_costs_nothing()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.FailWith("ContentPolicy", "The prompt was refused."));

        var e = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => fixture.Client.GenerateAndWaitAsync(Samples.Text("order-1"), cancellationToken: Cancellation));

        Assert.Equal((Assert.Single(fixture.Ledger.Submissions).Id, "order-1"), (e.GenerationId, e.ClientRequestId));
        Assert.Contains("ContentPolicy", e.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Ledger.Charges);
    }

    [Fact]
    public async Task A_timed_out_wait_leaves_a_generation_that_can_be_read()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued"));
        var brief = PollingOptions.Default with { Timeout = TimeSpan.FromMinutes(5) };

        var e = await Assert.ThrowsAsync<WanWaitTimeoutException>(
            () => fixture.Client.GenerateAndWaitAsync(Samples.Text(), brief, cancellationToken: Cancellation));

        Assert.Equal((Assert.Single(fixture.Ledger.Submissions).Id, TimeSpan.FromMinutes(5)), (e.GenerationId, e.Timeout));
        Assert.Equal("queued", (await fixture.Client.GetAsync(e.GenerationId!, Cancellation)).Status.Value);
    }

    [Fact]
    public async Task Failed_polls_do_not_abandon_a_paid_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(
            EmulatorFault.Status(503).On(EmulatorOperations.Get).Times(6),
            EmulatorFault.CloseAt(0).On(EmulatorOperations.Get).Times(3),
            EmulatorFault.Html().On(EmulatorOperations.Get));

        var generation = await fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);

        Assert.True(generation.Status.IsSucceeded);
        Assert.Empty(fixture.Emulator.Faults.Pending);
        _ = Assert.Single(fixture.Ledger.Submissions);
    }
}
