namespace Wan27.Sdk.Tests.Submission;

/// <summary>When and where a lost submission is searched for, and what is reported in the end.</summary>
public sealed class ReconciliationTests
{
    private static readonly TestResponse NoRows = Rows("");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(8, "0 8")]
    [InlineData(60, "0 15 37.5 50 60")]
    [InlineData(300, "0 15 37.5 71.3 121.9 181.9 241.9 290 300")]
    public async Task The_log_is_searched_less_and_less_often_and_once_at_the_end(int timeout, string seconds)
    {
        using var service = Lost(timeout, TestResponse.Status(502));
        service.Respond(_ => NoRows);

        var error = await FailAsync(service);

        var searches = service.Requests.Skip(1).Select(request => (request.At - service.Requests[0].At).TotalSeconds).ToList();
        var expected = seconds.Split(' ').Select(double.Parse).ToList();
        Assert.Equal(expected.Count, searches.Count);
        Assert.All(expected.Zip(searches), pair => Assert.InRange(pair.Second - pair.First, -0.05, 1));
        Assert.Equal(
            ["the service responded 502", $"the log was searched {searches.Count} times in {searches[^1]:F0} s and has no such row, which proves nothing"],
            error.Evidence);
        Assert.All(service.Requests.Skip(1), request => Assert.Contains("/v2/logs?period=24h&limit=", request.Uri.PathAndQuery, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_generation_that_only_the_log_has_is_named()
    {
        using var service = Lost(0, TestResponse.Status(502));
        service.Respond(request => IsLog(request) ? Rows("""{"client_request_id":"order-1","inference_id":"gen-9"}""") : TestResponse.Status(404));

        var error = await FailAsync(service);

        Assert.Equal(("gen-9", "the log was searched 1 times in 0 s and names generation 'gen-9', which the service does not find"), (error.GenerationId, error.Evidence[1]));
    }

    [Theory]
    [InlineData("", "gen-head")]
    [InlineData("""{"client_request_id":"order-1","inference_id":"gen-log"}""", "gen-log")]
    public async Task An_id_in_the_headers_is_read_first_and_only_the_log_overrides_it(string row, string expected)
    {
        using var service = Lost(0, TestResponse.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(request => IsLog(request) ? Rows(row) : TestResponse.Status(404));

        var error = await FailAsync(service);

        Assert.Equal(expected, error.GenerationId);
        Assert.Contains("gen-head", service.Requests[1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_the_response_has_a_time_the_log_is_searched_ten_minutes_around_it()
    {
        using var service = Lost(0, TestResponse.Status(502).With("Date", "Mon, 01 Jun 2026 12:00:00 GMT"));
        service.Respond(_ => NoRows);

        _ = await FailAsync(service);

        Assert.Contains("?start=2026-06-01T11%3A50%3A00Z&end=2026-06-01T12%3A10%3A00Z&", service.Requests[1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_without_a_time_is_searched_for_in_the_last_week()
    {
        using var service = ScriptedService.Responding(NoRows);

        Assert.Empty(await service.Client.FindGenerationsAsync("order-1", TestContext.Current.CancellationToken));

        Assert.All(service.Requests, request => Assert.StartsWith("?period=7d&", request.Uri.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_of_the_client_is_searched_for_around_its_creation_time()
    {
        using var service = ScriptedService.Responding(NoRows);

        Assert.Empty(await service.Client.FindGenerationsAsync("019f1d8c-e200-7000-8000-000000000000", TestContext.Current.CancellationToken));

        Assert.All(service.Requests, request => Assert.StartsWith("?start=2026-06-30T12%3A00%3A00Z&end=2026-07-02T12%3A00%3A00Z&", request.Uri.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_generations_under_one_id_are_both_rejected()
    {
        using var service = Lost(300, TestResponse.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(request => IsLog(request)
            ? Rows("""{"client_request_id":"order-1","inference_id":"gen-1"},{"client_request_id":"order-1","inference_id":"gen-2"}""")
            : TestResponse.Status(404));

        var error = await FailAsync(service);

        Assert.Equal(["gen-1", "gen-2"], error.CandidateGenerationIds);
        Assert.Equal((null, "the log has more than one generation under this id"), (error.GenerationId, error.Evidence[1]));
        Assert.Equal(service.Requests[0].At, service.Requests[^1].At);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task A_failed_read_by_the_id_of_the_headers_does_not_prevent_the_search(int status)
    {
        using var service = Lost(0, TestResponse.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(request => IsLog(request) ? Rows("""{"client_request_id":"order-1","inference_id":"gen-1"}""")
            : request.Uri.Query.Contains("gen-head", StringComparison.Ordinal) ? TestResponse.Status(status) : TestResponse.Generation("queued"));

        var generation = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

        Assert.Equal("gen-1", generation.Id);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task The_failure_of_the_last_search_is_reported_with_the_known_generation()
    {
        using var service = Lost(0, TestResponse.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(_ => TestResponse.Status(403));

        var error = await FailAsync(service);

        Assert.Equal("gen-head", error.GenerationId);
        Assert.StartsWith("the log was searched 1 times in 0 s; the last search failed: The service responded 403 ", error.Evidence[1], StringComparison.Ordinal);
    }

    private static bool IsLog(Received request) => request.Uri.AbsolutePath == "/v2/logs";

    private static TestResponse Rows(string rows) => TestResponse.Json($$$"""{"data":[{{{rows}}}],"pagination":{"has_more":false}}""");

    private static ScriptedService Lost(int timeoutSeconds, TestResponse response) =>
        ScriptedService.Configured(options => options.ReconciliationTimeout = TimeSpan.FromSeconds(timeoutSeconds), response);

    private static Task<WanSubmissionUnknownException> FailAsync(ScriptedService service) => Assert.ThrowsAsync<WanSubmissionUnknownException>(
        () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));
}
