namespace Wan27.Sdk.Tests.Submission;

public class BudgetedSubmissionTests
{
    private const decimal Price = 1.95m;

    private static readonly TestResponse NoRows = TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""");

    private static readonly TestResponse Prices = TestResponse.Json(
        $$$"""{"data":[{"id":"{{{TextToVideoRequest.DefaultModel}}}","pricing":{"kind":"fixed","units":[{"name":"second","price":0.195,"per":1}]}}]}""");

    public static TheoryData<string, TestResponse> Refused { get; } = new()
    {
        { "refused", TestResponse.Status(400) },
        { "no credits", TestResponse.Status(403) },
        { "turned away three times", TestResponse.Status(429) },
        { "cut", TestResponse.CutAfter(10) },
        { "not sent", TestResponse.Unreached(new HttpRequestException(HttpRequestError.NameResolutionError)) },
    };

    public static TheoryData<string, TestResponse> Unclear { get; } = new()
    {
        { "502", TestResponse.Status(502) },
        { "no id", TestResponse.Json("{}") },
        { "lost", TestResponse.Lost(new HttpRequestException(HttpRequestError.ResponseEnded)) },
    };

    [Fact]
    public async Task Without_a_budget_no_price_is_asked_for()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));

        await CreateAsync(service);

        Assert.Equal(HttpMethod.Post, Assert.Single(service.Requests).Method);
    }

    [Fact]
    public async Task An_accepted_submission_is_spent_at_its_estimate_until_a_cost_is_reported()
    {
        var budget = new SpendingBudget(10m);
        using var service = Budgeted(budget, Prices, TestResponse.Generation("queued"), TestResponse.Json("""{"id":"gen-1","status":"completed","meta":{"usage":{"usd_spent":2.5}}}"""));

        await CreateAsync(service);
        AssertHolds(budget, spent: Price, reserved: 0);
        await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        AssertHolds(budget, spent: 2.5m, reserved: 0);
    }

    [Fact]
    public async Task A_price_that_is_known_counts_and_not_the_fallback()
    {
        var budget = new SpendingBudget(10m) { FallbackPriceUsd = 100m };
        using var service = Budgeted(budget, Prices, TestResponse.Generation("queued"));

        await CreateAsync(service);

        AssertHolds(budget, spent: Price, reserved: 0);
    }

    [Fact]
    public async Task A_submission_above_the_budget_is_refused_before_a_byte_is_sent()
    {
        var budget = new SpendingBudget(Price - 0.001m);
        using var service = Budgeted(budget, Prices);

        var error = await Assert.ThrowsAsync<WanValidationException>(() => CreateAsync(service));

        Assert.Equal(("order-1", Price, Price - 0.001m), (error.ClientRequestId, error.PriceUsd, error.RemainingUsd));
        Assert.Empty(service.Posts);
        AssertHolds(budget, 0, 0);
    }

    [Fact]
    public async Task An_unknown_price_is_refused()
    {
        var budget = new SpendingBudget(10m);
        using var service = Budgeted(budget, TestResponse.Json("""{"data":[]}"""));

        var error = await Assert.ThrowsAsync<WanValidationException>(() => CreateAsync(service));

        Assert.Null(error.PriceUsd);
        Assert.Contains("the price list does not have 'alibaba/wan-2-7-t2v'", error.Message, StringComparison.Ordinal);
        Assert.Empty(service.Posts);
    }

    [Fact]
    public async Task An_unknown_price_counts_as_the_fallback_if_there_is_one()
    {
        var budget = new SpendingBudget(10m) { FallbackPriceUsd = 3m };
        using var service = Budgeted(budget, TestResponse.Status(404), TestResponse.Generation("queued"));

        await CreateAsync(service);

        AssertHolds(budget, spent: 3m, reserved: 0);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_submission_that_created_no_generation_releases_its_reservation(string what, TestResponse response)
    {
        var budget = new SpendingBudget(10m);
        using var service = Budgeted(budget, Prices, response);

        Assert.IsType<WanException>(await Record.ExceptionAsync(() => CreateAsync(service)), exactMatch: false);

        Assert.True(budget.RemainingUsd == 10m, what);
    }

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task An_unknown_outcome_keeps_its_reservation_until_the_generation_is_found(string what, TestResponse response)
    {
        var budget = new SpendingBudget(Price);
        using var service = Budgeted(budget, Prices, response, NoRows);

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));
        Assert.True(budget.ReservedUsd == Price, what);
        await Assert.ThrowsAsync<WanValidationException>(() => CreateAsync(service));
        Assert.Single(service.Posts);

        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs"
            ? TestResponse.Json("""{"data":[{"inference_id":"gen-1","client_request_id":"order-1"}]}""")
            : TestResponse.Generation("generating"));
        await service.RunAsync((client, cancellation) => client.FindGenerationsAsync("order-1", cancellation));

        AssertHolds(budget, spent: Price, reserved: 0);
    }

    [Fact]
    public async Task A_lost_response_that_is_found_is_spent_once()
    {
        var budget = new SpendingBudget(10m);
        using var service = Budgeted(budget, Prices, TestResponse.Status(504).With("x-inference-id", "gen-1"), TestResponse.Generation("generating"));

        await CreateAsync(service);

        AssertHolds(budget, spent: Price, reserved: 0);
    }

    [Theory]
    [InlineData(true, 1.95)]
    [InlineData(false, 0)]
    public async Task A_canceled_submission_keeps_its_reservation_only_if_it_may_have_been_sent(bool takesBody, double reserved)
    {
        using var canceler = new CancellationTokenSource();
        var budget = new SpendingBudget(10m);
        using var service = Budgeted(budget, Prices);
        service.Respond(_ =>
        {
            canceler.Cancel();
            var fault = new TaskCanceledException("canceled", null, canceler.Token);
            return takesBody ? TestResponse.Lost(fault) : TestResponse.Unreached(fault);
        });

        await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, canceler.Token));

        AssertHolds(budget, 0, (decimal)reserved);
    }

    [Fact]
    public async Task A_failed_generation_releases_its_money()
    {
        var budget = new SpendingBudget(10m);
        using var service = Budgeted(budget, Prices, TestResponse.Generation("queued"), TestResponse.Generation("error"));

        await Assert.ThrowsAsync<WanGenerationFailedException>(() => service.RunAsync(
            (client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, cancellationToken: cancellation)));

        AssertHolds(budget, 0, 0);
    }

    [Fact]
    public async Task A_refused_submission_does_not_free_an_earlier_one_under_the_same_id()
    {
        var budget = new SpendingBudget(10m);
        using var service = Budgeted(budget, Prices, TestResponse.Status(502), NoRows, TestResponse.Status(400));

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));
        await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        AssertHolds(budget, 0, reserved: Price);
    }

    private static ScriptedService Budgeted(SpendingBudget budget, params TestResponse[] script) => ScriptedService.Configured(options => options.Budget = budget, script);

    private static void AssertHolds(SpendingBudget budget, decimal spent, decimal reserved) =>
        Assert.Equal((spent, reserved), (budget.SpentUsd, budget.ReservedUsd));

    private static Task<VideoGeneration> CreateAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));
}
