using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Money.SubmissionTable;

/// <summary>Cancelling says whether the request may have been sent, and under which id.</summary>
public sealed class CancellationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelled_before_it_is_sent_no_task_exists()
    {
        await using var fixture = await WanFixture.StartAsync();

        var e = await Assert.ThrowsAsync<WanCanceledException>(
            () => fixture.Client.CreateAsync(Samples.Text("never-sent"), new CancellationToken(canceled: true)));

        Assert.Equal((false, "never-sent"), (e.MayHaveBeenSent, e.ClientRequestId));
        Assert.Empty(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task Cancelled_while_the_answer_is_awaited_a_task_may_exist()
    {
        await using var fixture = await WanFixture.StartAsync();
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        fixture.Emulator.Faults.Add(EmulatorFault.StallAt(0).On(EmulatorOperations.Submit).When(_ => Cancel(cancelling)));

        var e = await Assert.ThrowsAsync<WanCanceledException>(() => fixture.Client.CreateAsync(Samples.Text("sent"), cancelling.Token));

        Assert.Equal((true, "sent"), (e.MayHaveBeenSent, e.ClientRequestId));
        var found = await fixture.Client.FindGenerationsAsync("sent", Cancellation);
        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, Assert.Single(found).Id);
    }

    [Fact]
    public async Task Cancelled_while_a_lost_answer_is_searched_for_a_task_may_exist()
    {
        await using var fixture = await WanFixture.StartAsync();
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        fixture.Emulator.Faults.Add(
            EmulatorFault.CloseAt(0).On(EmulatorOperations.Submit),
            EmulatorFault.StallAt(0).On(EmulatorOperations.Logs).When(_ => Cancel(cancelling)));

        var e = await Assert.ThrowsAsync<WanCanceledException>(() => fixture.Client.CreateAsync(Samples.Text("sent"), cancelling.Token));

        Assert.Equal((true, "sent"), (e.MayHaveBeenSent, e.ClientRequestId));
        Assert.Contains("FindGenerationsAsync(\"sent\")", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_in_a_second_attempt_that_was_sent_a_task_may_exist()
    {
        await using var fixture = await WanFixture.StartAsync();
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        fixture.Emulator.Faults.Add(
            EmulatorFault.Status(429).On(EmulatorOperations.Submit),
            EmulatorFault.StallAt(0).On(EmulatorOperations.Submit).When(_ => Cancel(cancelling)).BeforeAccepting());

        var e = await Assert.ThrowsAsync<WanCanceledException>(() => fixture.Client.CreateAsync(Samples.Text("sent"), cancelling.Token));

        Assert.Equal((true, "sent"), (e.MayHaveBeenSent, e.ClientRequestId));
    }

    private static bool Cancel(CancellationTokenSource source)
    {
        _ = source.CancelAsync();
        return true;
    }
}
