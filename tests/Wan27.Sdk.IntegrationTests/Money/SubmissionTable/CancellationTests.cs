using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.SubmissionTable;

/// <summary>A cancellation reports whether the request may have been sent, and under which id.</summary>
public sealed class CancellationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_canceled_before_it_is_sent_creates_no_generation()
    {
        await using var fixture = await WanFixture.StartAsync();

        var e = await Assert.ThrowsAsync<WanCanceledException>(
            () => fixture.Client.CreateAsync(Samples.Text("never-sent"), new CancellationToken(canceled: true)));

        Assert.Equal((false, "never-sent"), (e.MayHaveBeenSent, e.ClientRequestId));
        Assert.Empty(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task A_submission_canceled_before_the_response_may_have_created_a_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(EmulatorOperations.Submit).When(_ => Cancel(canceling)));

        var e = await Assert.ThrowsAsync<WanCanceledException>(() => fixture.Client.CreateAsync(Samples.Text("sent"), canceling.Token));

        Assert.Equal((true, "sent"), (e.MayHaveBeenSent, e.ClientRequestId));
        var found = await fixture.Client.FindGenerationsAsync("sent", Cancellation);
        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, Assert.Single(found).Id);
    }

    [Fact]
    public async Task A_submission_canceled_during_the_search_may_have_created_a_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        fixture.Emulator.Faults.Add(
            EmulatorFault.CloseAt(0).On(EmulatorOperations.Submit),
            EmulatorFault.StallAt(0).On(EmulatorOperations.Logs).When(_ => Cancel(canceling)));

        var e = await Assert.ThrowsAsync<WanCanceledException>(() => fixture.Client.CreateAsync(Samples.Text("sent"), canceling.Token));

        Assert.Equal((true, "sent"), (e.MayHaveBeenSent, e.ClientRequestId));
        Assert.Contains("FindGenerationsAsync(\"sent\")", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_canceled_in_a_sent_second_attempt_may_have_created_a_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        fixture.Emulator.Faults.Add(
            EmulatorFault.Status(429).On(EmulatorOperations.Submit),
            EmulatorFault.StallAt(0).On(EmulatorOperations.Submit).When(_ => Cancel(canceling)).BeforeAccepting());

        var e = await Assert.ThrowsAsync<WanCanceledException>(() => fixture.Client.CreateAsync(Samples.Text("sent"), canceling.Token));

        Assert.Equal((true, "sent"), (e.MayHaveBeenSent, e.ClientRequestId));
    }

    private static bool Cancel(CancellationTokenSource source)
    {
        _ = source.CancelAsync();
        return true;
    }
}
