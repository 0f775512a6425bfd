using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

public sealed class AccountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_balance_decreases_by_the_cost_of_a_finished_video()
    {
        await using var fixture = await WanFixture.StartAsync(emulator: options => options.Balance = 10m);
        var before = await fixture.Client.GetBalanceAsync(Cancellation);

        _ = await fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);

        Assert.Equal(10m, before);
        Assert.Equal(9.35m, await fixture.Client.GetBalanceAsync(Cancellation));
    }

    [Fact]
    public async Task A_submission_is_recovered_by_its_id_alone()
    {
        await using var fixture = await WanFixture.StartAsync();
        var accepted = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);
        var named = await fixture.Client.CreateAsync(Samples.Text("order:1.a_b-c"), Cancellation);
        var later = fixture.NewClient();

        Assert.Equal(accepted.Id, Assert.Single(await later.FindGenerationsAsync(accepted.ClientRequestId!, Cancellation)).Id);
        Assert.Equal(named.Id, Assert.Single(await later.FindGenerationsAsync("order:1.a_b-c", Cancellation)).Id);
        Assert.Empty(await later.FindGenerationsAsync("order-2", Cancellation));
        Assert.Equal(2, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_id_that_cannot_have_been_sent_is_not_searched_for()
    {
        await using var fixture = await WanFixture.StartAsync();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client.FindGenerationsAsync("with blanks", Cancellation));

        Assert.Empty(fixture.Ledger.Requests);
    }
}
