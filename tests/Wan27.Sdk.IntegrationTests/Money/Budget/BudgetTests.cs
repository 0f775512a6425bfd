using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.Budget;

public sealed class BudgetTests
{
    /// <summary>The price of <see cref="Samples.Text"/> on the emulator.</summary>
    private const decimal Price = 0.65m;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_concurrent_submissions_never_exceed_a_shared_budget()
    {
        const int Affordable = 100;
        var budget = new SpendingBudget((Affordable * Price) + 0.64m);
        await using var fixture = await WanFixture.StartAsync(options => options.Budget = budget);
        var clients = new[] { fixture.Client, fixture.NewClient(options => options.Budget = budget) };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(
            async number => await Record.ExceptionAsync(() => clients[number % 2].CreateAsync(Samples.Text(), Cancellation))));

        Assert.Equal(Affordable, outcomes.Count(outcome => outcome is null));
        Assert.Equal(1000 - Affordable, outcomes.Count(outcome => outcome is WanValidationException));
        Assert.Equal(Affordable, fixture.Ledger.CompleteSubmissionBodies);
        Assert.Equal((Affordable * Price, 0m), (budget.SpentUsd, budget.ReservedUsd));
        Assert.Equal(clients.Length, fixture.Ledger.Requests.Count(request => request.Operation is EmulatorOperations.Models));
    }

    [Fact]
    public async Task The_budget_ends_at_the_charged_amount_and_never_exceeds_its_limit()
    {
        const int Submissions = 300;
        var budget = new SpendingBudget(60m);
        await using var fixture = await WanFixture.StartAsync(options =>
        {
            options.Budget = budget;
            options.ReconciliationTimeout = TimeSpan.Zero;
        });
        Replacement(fixture.Emulator);
        fixture.Emulator.Script(_ => true, EmulatorScript.FailWith("Policy", "no"), times: 20);

        await Parallel.ForEachAsync(Enumerable.Range(0, Submissions), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (number, token) =>
        {
            _ = await Record.ExceptionAsync(() => fixture.Client.CreateAsync(Samples.Text($"order-{number}"), token));
            Assert.True(budget.RemainingUsd >= 0, "The limit was exceeded.");
        });
        var existing = fixture.Ledger.Submissions;
        Assert.True(budget.SpentUsd + budget.ReservedUsd >= fixture.Ledger.TotalCharged, "A generation exists that is not in the budget.");

        // After the faults: lost submissions are recovered, and every generation is read once.
        fixture.Emulator.Faults.Clear();
        foreach (var submission in existing)
            _ = await fixture.Client.FindGenerationsAsync(submission.ClientRequestId!, Cancellation);
        foreach (var submission in existing)
            _ = await fixture.Client.GetAsync(submission.Id, Cancellation);

        var unclear = fixture.Ledger.Requests.Count(request => request is { Operation: EmulatorOperations.Submit, GenerationId: null, Status: 500 });
        Assert.NotEqual(0, unclear);
        Assert.Equal((fixture.Ledger.TotalCharged, unclear * Price), (budget.SpentUsd, budget.ReservedUsd));
        Assert.InRange(fixture.Ledger.TotalCharged, Price, budget.LimitUsd);
    }

    [Fact]
    public async Task A_price_list_that_fails_blocks_no_submission_without_a_budget()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(503).On(EmulatorOperations.Models).Always());

        _ = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal(EmulatorOperations.Submit, Assert.Single(fixture.Ledger.Requests).Operation);
    }

    [Theory]
    [InlineData("unlisted")]
    [InlineData("no prices")]
    [InlineData("down")]
    public async Task A_submission_with_a_budget_needs_a_listed_price_or_a_fallback(string what)
    {
        await using var fixture = await WanFixture.StartAsync(options => options.Budget = new SpendingBudget(10m));
        var careless = fixture.NewClient(options => options.Budget = new SpendingBudget(10m) { FallbackPriceUsd = 2m });
        fixture.Emulator.Faults.Add((what switch
        {
            "unlisted" => EmulatorFault.UnlistedModel(),
            "no prices" => EmulatorFault.MissingPrices(),
            _ => EmulatorFault.Status(503).On(EmulatorOperations.Models),
        }).Always());

        var error = await Assert.ThrowsAsync<WanValidationException>(() => fixture.Client.CreateAsync(Samples.Text(), Cancellation));
        Assert.Null(error.PriceUsd);
        Assert.Equal(0, fixture.Ledger.CompleteSubmissionBodies);

        _ = await careless.CreateAsync(Samples.Text(), Cancellation);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_refused_submission_can_be_repeated_under_its_id_when_the_budget_allows()
    {
        using var folder = new TemporaryFolder();
        var journal = new FileSubmissionJournal(folder["journal.jsonl"]);
        await using var fixture = await WanFixture.StartAsync(options => (options.Budget, options.Journal) = (new SpendingBudget(0.1m), journal));
        _ = await Assert.ThrowsAsync<WanValidationException>(() => fixture.Client.CreateAsync(Samples.Text("order-1"), Cancellation));
        var richer = new SpendingBudget(1m);
        var later = fixture.NewClient(options => (options.Budget, options.Journal) = (richer, journal));

        var first = await later.CreateAsync(Samples.Text("order-1"), Cancellation);
        var again = await later.CreateAsync(Samples.Text("order-1"), Cancellation);

        Assert.Equal(first.Id, again.Id);
        Assert.Equal(Price, richer.SpentUsd);
        Assert.Single(fixture.Ledger.Submissions);
    }

    [Fact]
    public async Task A_registered_budget_is_used_by_the_client_of_the_container()
    {
        await using var fixture = await WanFixture.StartAsync();
        var budget = new SpendingBudget(0.1m);
        await using var services = new ServiceCollection()
            .AddSingleton(budget)
            .AddWanVideoClient(options => OptionsCopy.Copy(fixture.Options(), options)).Services
            .BuildServiceProvider();

        _ = await Assert.ThrowsAsync<WanValidationException>(
            () => services.GetRequiredService<IWanVideoClient>().CreateAsync(Samples.Text(), Cancellation));
    }

    /// <summary>Some responses are lost after accepting, some submissions rejected, some ids hidden in the log.</summary>
    private static void Replacement(WanEmulator emulator) => emulator.Faults.Add(
        EmulatorFault.Status(502).AfterAccepting().On(EmulatorOperations.Submit).AtRate(0.15),
        EmulatorFault.ResetAt(0).On(EmulatorOperations.Submit).AtRate(0.15),
        EmulatorFault.Status(400).On(EmulatorOperations.Submit).AtRate(0.15),
        EmulatorFault.Status(500).On(EmulatorOperations.Submit).AtRate(0.1),
        EmulatorFault.LogRowsWithoutClientId().AtRate(0.5));
}
