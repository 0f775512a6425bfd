namespace Wan27.Sdk.Tests.Submission;

public sealed class StoredBudgetTests
{
    private const decimal Price = 1.95m;

    private static readonly TestResponse NoRows = TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""");

    private static readonly TestResponse Prices = TestResponse.Json(
        $$$"""{"data":[{"id":"{{{TextToVideoRequest.DefaultModel}}}","pricing":{"kind":"fixed","units":[{"name":"second","price":0.195,"per":1}]}}]}""");

    private static readonly TestResponse Completed =
        TestResponse.Json("""{"id":"gen-1","status":"completed","video":{"url":"https://cdn/v.mp4"},"meta":{"usage":{"usd_spent":2.5}}}""");

    private readonly MemoryJournal journal = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_earlier_process_spent_counts_after_a_restart()
    {
        await SpendAsync("order-1", limit: 3m, TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanValidationException>(() => SpendAsync("order-2", limit: 3m));

        Assert.Equal((true, Price, 3m - Price), (error.IsBudgetExceeded, error.PriceUsd, error.RemainingUsd));
        Assert.Equal(
            "The request was not sent: Budget: it would cost 1.95 USD, and of the budget 1.95 of 3.00 USD are spent and 0.00 reserved.", error.Message);
        Assert.DoesNotContain(await journal.ReadPendingAsync(Cancellation), record => record.ClientRequestId == "order-2");
    }

    [Fact]
    public async Task A_generation_that_is_resumed_counts_once()
    {
        await SpendAsync("order-1", limit: Price, TestResponse.Generation("queued"));

        var resumed = await SpendAsync("order-1", limit: Price, TestResponse.Generation("generating"));

        Assert.Equal("gen-1", resumed.Id);
        await AssertHoldsAsync(spent: Price, reserved: 0);
    }

    [Fact]
    public async Task A_generation_is_resumed_though_its_price_is_no_longer_known_and_the_budget_is_used_up()
    {
        await SpendAsync("order-1", limit: Price, TestResponse.Generation("queued"));

        using var service = Service(0m, TestResponse.Json("""{"data":[]}"""), TestResponse.Generation("generating"));
        var resumed = await service.RunAsync((client, cancellation) => client.CreateAsync(Request("order-1"), cancellation));
        Assert.Equal("gen-1", resumed.Id);
        var error = await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(Request("order-2"), Cancellation));

        Assert.Null(error.PriceUsd);
        Assert.Contains("its price is unknown", error.Message, StringComparison.Ordinal);
        Assert.Empty(service.Posts);
    }

    [Fact]
    public async Task An_unknown_outcome_stays_reserved_until_the_generation_is_found()
    {
        await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => SpendAsync("order-1", limit: Price, TestResponse.Status(502), NoRows));
        await AssertHoldsAsync(spent: 0, reserved: Price);
        await Assert.ThrowsAsync<WanValidationException>(() => SpendAsync("order-2", limit: Price));

        using var service = Service(Price);
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs"
            ? TestResponse.Json("""{"data":[{"inference_id":"gen-1","client_request_id":"order-1"}]}""")
            : TestResponse.Generation("generating"));
        await service.RunAsync((client, cancellation) => client.FindGenerationsAsync("order-1", cancellation));

        await AssertHoldsAsync(spent: Price, reserved: 0);
        Assert.Equal("gen-1", Assert.Single(await journal.ReadPendingAsync(Cancellation)).GenerationId);
    }

    [Fact]
    public async Task A_refused_submission_releases_its_reservation()
    {
        await Assert.ThrowsAsync<WanApiException>(() => SpendAsync("order-1", limit: Price, TestResponse.Status(400)));

        await AssertHoldsAsync(0, 0);
        await SpendAsync("order-1", limit: Price, TestResponse.Generation("queued"));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("wait")]
    [InlineData("watch")]
    [InlineData("cost")]
    public async Task The_actual_cost_replaces_the_estimate_however_it_is_read(string method)
    {
        await SpendAsync("order-1", limit: Price, TestResponse.Generation("queued"));

        using var service = Service(Price, Completed);
        await service.RunAsync(async (client, cancellation) =>
        {
            _ = method switch
            {
                "get" => await client.GetAsync("gen-1", cancellation),
                "wait" => await client.WaitAsync("gen-1", cancellationToken: cancellation),
                "watch" => await LastAsync(client.WatchAsync("gen-1", cancellationToken: cancellation)),
                _ => new VideoGeneration { Id = "gen-1", Cost = await client.GetCostAsync(new VideoGeneration { Id = "gen-1" }, cancellation) },
            };
            return true;
        });

        await AssertHoldsAsync(spent: 2.5m, reserved: 0);
        Assert.Equal(method == "cost" ? SubmissionState.Accepted : SubmissionState.Completed, Assert.Single(await journal.ReadPendingAsync(Cancellation)).State);
    }

    [Fact]
    public async Task A_generation_that_failed_releases_its_money_and_is_finished()
    {
        await SpendAsync("order-1", limit: Price, TestResponse.Generation("queued"));

        using var service = Service(Price, TestResponse.Generation("error"));
        await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", cancellationToken: cancellation)));

        await AssertHoldsAsync(0, 0);
        Assert.Empty(await journal.ReadPendingAsync(Cancellation));
    }

    [Fact]
    public async Task An_id_whose_generation_failed_returns_the_same_one_and_a_new_id_is_a_new_attempt()
    {
        await SpendAsync("order-1", limit: 100m, TestResponse.Generation("queued"));
        using var failing = Service(100m, TestResponse.Generation("error"));
        await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => failing.RunAsync((client, cancellation) => client.WaitAsync("gen-1", cancellationToken: cancellation)));

        using var again = Service(100m, Prices, TestResponse.Generation("error"));
        var error = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => again.RunAsync((client, cancellation) => client.CreateAsync(Request("order-1"), cancellation)));
        Assert.Equal("gen-1", error.GenerationId);
        Assert.Empty(again.Posts);
        Assert.Equal("gen-2", (await SpendAsync("order-1:2", limit: 100m, TestResponse.Json("""{"id":"gen-2","status":"queued"}"""))).Id);
    }

    [Theory]
    [InlineData(SpendingPeriod.Total, 24 * 31, false)]
    [InlineData(SpendingPeriod.Day, 11, false)]
    [InlineData(SpendingPeriod.Day, 12, true)]
    [InlineData(SpendingPeriod.Month, 24 * 30, false)]
    [InlineData(SpendingPeriod.Month, (24 * 30) + 12, true)]
    public async Task A_period_begins_with_nothing_spent_at_midnight_in_utc(SpendingPeriod period, int hours, bool isNew)
    {
        // The clock of the tests begins at noon on July 1.
        var budget = new SpendingBudget(Price) { Period = period };
        using var service = ScriptedService.Configured(options => (options.Budget, options.Journal) = (budget, journal), Prices, TestResponse.Generation("queued"));
        await service.RunAsync((client, cancellation) => client.CreateAsync(Request("order-1"), cancellation));
        service.Clock.Advance(TimeSpan.FromHours(hours));
        service.Respond(request => request.Method == HttpMethod.Post ? TestResponse.Json("""{"id":"gen-2","status":"queued"}""") : Prices);

        var error = await Record.ExceptionAsync(() => service.Client.CreateAsync(Request("order-2"), Cancellation));

        Assert.Equal(isNew, error is null);
        Assert.Equal(isNew ? 2 : 1, service.Posts.Count());
    }

    [Fact]
    public void A_period_is_kept_without_a_journal_too()
    {
        var budget = new SpendingBudget(Price) { Period = SpendingPeriod.Day };
        var noon = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        budget.Reserve("a", Price, noon);
        Assert.Throws<WanValidationException>(() => budget.Reserve("b", 0.01m, noon.AddHours(11)));

        budget.Reserve("b", 1m, noon.AddHours(12));
        Assert.Equal(1m, budget.ReservedUsd);
        budget.Release("a");
        Assert.Equal(1m, budget.ReservedUsd);
        Assert.Throws<WanValidationException>(() => budget.Reserve("c", 1m, noon));
    }

    [Fact]
    public async Task Budgets_with_different_names_do_not_count_each_other()
    {
        await SpendAsync("order-1", limit: Price, TestResponse.Generation("queued"));

        using var service = ScriptedService.Configured(
            options => (options.Budget, options.Journal) = (new SpendingBudget(Price) { Name = "trials" }, journal), Prices, TestResponse.Json("""{"id":"gen-2","status":"queued"}"""));
        await service.RunAsync((client, cancellation) => client.CreateAsync(Request("order-2"), cancellation));

        await AssertHoldsAsync(spent: Price, reserved: 0);
        Assert.Equal((Price, "trials"), await TotalAsync("trials"));
    }

    [Fact]
    public void A_period_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpendingBudget(1m) { Period = (SpendingPeriod)7 });

    private static TextToVideoRequest Request(string id) => Samples.Text with { ClientRequestId = id };

    /// <summary>A new process: a new client and a new budget over the same journal.</summary>
    private ScriptedService Service(decimal limit, params TestResponse[] script) => ScriptedService.Configured(
        options => (options.Budget, options.Journal, options.ReconciliationTimeout) = (new SpendingBudget(limit), journal, TimeSpan.Zero), script);

    private async Task<VideoGeneration> SpendAsync(string id, decimal limit, params TestResponse[] script)
    {
        using var service = Service(limit, [Prices, .. script]);
        return await service.RunAsync((client, cancellation) => client.CreateAsync(Request(id), cancellation));
    }

    private async Task AssertHoldsAsync(decimal spent, decimal reserved)
    {
        var budget = new SpendingBudget(100m);
        await budget.RefreshAsync(journal, cancellationToken: Cancellation);
        Assert.Equal((spent, reserved), (budget.SpentUsd, budget.ReservedUsd));
    }

    private async Task<(decimal Usd, string Name)> TotalAsync(string name)
    {
        var budget = new SpendingBudget(100m) { Name = name };
        await budget.RefreshAsync(journal, cancellationToken: Cancellation);
        return (budget.SpentUsd + budget.ReservedUsd, name);
    }

    private static async Task<VideoGeneration> LastAsync(IAsyncEnumerable<VideoGeneration> changes)
    {
        VideoGeneration? last = null;
        await foreach (var change in changes)
            last = change;
        return last!;
    }
}
