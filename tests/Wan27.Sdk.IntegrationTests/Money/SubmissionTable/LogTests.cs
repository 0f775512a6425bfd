using Wan27.Sdk.Emulator;
using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.SubmissionTable;

/// <summary>How the request log can affect a search for a lost submission.</summary>
public sealed class LogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_appears_late_is_waited_for()
    {
        await using var fixture = await WanFixture.StartAsync(options => options.ReconciliationTimeout = TimeSpan.FromHours(8));
        Lose(fixture);
        fixture.Emulator.Faults.Add(EmulatorFault.LateLogRows(TimeSpan.FromDays(1)).Times(3));

        var generation = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, generation.Id);
        Assert.Equal(4, fixture.Ledger.Requests.Count(request => request.Operation is EmulatorOperations.Logs));
    }

    [Fact]
    public async Task A_log_that_fails_is_asked_again()
    {
        await using var fixture = await WanFixture.StartAsync(options => options.ReconciliationTimeout = TimeSpan.FromHours(8));
        Lose(fixture);
        fixture.Emulator.Faults.Add(EmulatorFault.Status(503).On(EmulatorOperations.Logs).Times(10));

        var generation = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, generation.Id);
    }

    [Fact]
    public async Task Duplicate_rows_are_one_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        Lose(fixture);
        fixture.Emulator.Faults.Add(EmulatorFault.DuplicatedLogRows().Always());

        var generation = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, generation.Id);
    }

    [Fact]
    public async Task A_row_hidden_by_a_moving_page_is_found_by_the_next_search()
    {
        await using var fixture = await WanFixture.StartAsync();
        var oldest = await fixture.Client.CreateAsync(Samples.Text("the-oldest"), Cancellation);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 100), Cancellation, async (_, token) => await fixture.Client.CreateAsync(Samples.Text(), token));
        fixture.Emulator.Faults.Add(EmulatorFault.ShiftedLogRows(1)
            .When(request => request.Query.Contains("offset=100", StringComparison.Ordinal)));

        var found = await fixture.Client.FindGenerationsAsync("the-oldest", Cancellation);

        Assert.Equal(oldest.Id, Assert.Single(found).Id);
        Assert.Empty(fixture.Emulator.Faults.Pending);
    }

    [Fact]
    public async Task Rows_without_the_id_leave_the_outcome_unknown_and_the_error_states_that()
    {
        await using var fixture = await WanFixture.StartAsync();
        Lose(fixture);
        fixture.Emulator.Faults.Add(EmulatorFault.LogRowsWithoutClientId().Always());

        var e = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => fixture.Client.CreateAsync(Samples.Text("nameless"), Cancellation));

        Assert.Equal(("nameless", SubmissionPhase.Sent, null), (e.ClientRequestId, e.Phase, e.GenerationId));
        Assert.Equal(2, e.Evidence.Count);
        Assert.Empty(e.CandidateGenerationIds);
        Wording.AssertCareful(e);
    }

    [Fact]
    public async Task Ids_that_differ_in_case_do_not_match()
    {
        await using var fixture = await WanFixture.StartAsync();
        _ = await fixture.Client.CreateAsync(Samples.Text("Order-A"), Cancellation);
        fixture.Emulator.Faults.Add(EmulatorFault.CloseAt(0).On(EmulatorOperations.Submit).BeforeAccepting());

        var e = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => fixture.Client.CreateAsync(Samples.Text("order-a"), Cancellation));

        Assert.Empty(e.CandidateGenerationIds);
    }

    [Fact]
    public async Task Two_generations_under_one_id_are_reported_as_two()
    {
        await using var fixture = await WanFixture.StartAsync();
        _ = await fixture.Client.CreateAsync(Samples.Text("twins"), Cancellation);
        Lose(fixture);

        var e = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => fixture.Client.CreateAsync(Samples.Text("twins"), Cancellation));
        var found = await fixture.Client.FindGenerationsAsync("twins", Cancellation);

        var both = fixture.Ledger.Submissions.Select(submission => submission.Id).Order().ToList();
        Assert.Equal(2, both.Count);
        Assert.Equal(both, e.CandidateGenerationIds.Order());
        Assert.Equal(both, found.Select(generation => generation.Id).Order());
        Assert.Null(e.GenerationId);
        Wording.AssertCareful(e);
    }

    private static void Lose(WanFixture fixture) => fixture.Emulator.Faults.Add(EmulatorFault.CloseAt(0).On(EmulatorOperations.Submit));
}
