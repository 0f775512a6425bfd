namespace Wan27.Sdk.Tests.Submission;

/// <summary>When and where a lost submission is looked for, and what is told in the end.</summary>
public sealed class ReconciliationTests
{
    private static readonly Answer NoRows = Rows("");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(8, "0 8")]
    [InlineData(60, "0 15 37.5 50 60")]
    [InlineData(300, "0 15 37.5 71.3 121.9 181.9 241.9 290 300")]
    public async Task The_log_is_searched_ever_more_seldom_until_ten_seconds_before_the_end_and_at_the_end(int timeout, string seconds)
    {
        using var service = Lost(timeout, Answer.Status(502));
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
    public async Task A_task_that_only_the_log_knows_is_named()
    {
        using var service = Lost(0, Answer.Status(502));
        service.Respond(request => IsLog(request) ? Rows("""{"client_request_id":"order-1","inference_id":"gen-9"}""") : Answer.Status(404));

        var error = await FailAsync(service);

        Assert.Equal(("gen-9", "the log was searched 1 times in 0 s and names generation 'gen-9', which the service does not find"), (error.GenerationId, error.Evidence[1]));
    }

    [Theory]
    [InlineData("", "gen-head")]
    [InlineData("""{"client_request_id":"order-1","inference_id":"gen-log"}""", "gen-log")]
    public async Task An_id_in_a_head_is_read_first_and_gives_way_only_to_the_logs(string row, string expected)
    {
        using var service = Lost(0, Answer.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(request => IsLog(request) ? Rows(row) : Answer.Status(404));

        var error = await FailAsync(service);

        Assert.Equal(expected, error.GenerationId);
        Assert.Contains("gen-head", service.Requests[1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_answer_told_the_time_the_log_is_searched_ten_minutes_around_it()
    {
        using var service = Lost(0, Answer.Status(502).With("Date", "Mon, 01 Jun 2026 12:00:00 GMT"));
        service.Respond(_ => NoRows);

        _ = await FailAsync(service);

        Assert.Contains("?start=2026-06-01T11%3A50%3A00Z&end=2026-06-01T12%3A10%3A00Z&", service.Requests[1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_holds_no_time_is_looked_for_in_the_last_week()
    {
        using var service = ScriptedService.Answering(NoRows);

        Assert.Empty(await service.Client.FindGenerationsAsync("order-1", TestContext.Current.CancellationToken));

        Assert.All(service.Requests, request => Assert.StartsWith("?period=7d&", request.Uri.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_of_ours_is_looked_for_around_the_time_it_holds()
    {
        using var service = ScriptedService.Answering(NoRows);

        Assert.Empty(await service.Client.FindGenerationsAsync("019f1d8c-e200-7000-8000-000000000000", TestContext.Current.CancellationToken));

        Assert.All(service.Requests, request => Assert.StartsWith("?start=2026-06-30T12%3A00%3A00Z&end=2026-07-02T12%3A00%3A00Z&", request.Uri.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_tasks_under_one_id_neither_is_taken_for_ours()
    {
        using var service = Lost(300, Answer.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(request => IsLog(request)
            ? Rows("""{"client_request_id":"order-1","inference_id":"gen-1"},{"client_request_id":"order-1","inference_id":"gen-2"}""")
            : Answer.Status(404));

        var error = await FailAsync(service);

        Assert.Equal(["gen-1", "gen-2"], error.CandidateGenerationIds);
        Assert.Equal((null, "the log has more than one generation under this id"), (error.GenerationId, error.Evidence[1]));
        Assert.Equal(service.Requests[0].At, service.Requests[^1].At);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task A_read_by_the_id_of_the_headers_that_fails_does_not_hinder_the_search_of_the_log(int status)
    {
        using var service = Lost(0, Answer.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(request => IsLog(request) ? Rows("""{"client_request_id":"order-1","inference_id":"gen-1"}""")
            : request.Uri.Query.Contains("gen-head", StringComparison.Ordinal) ? Answer.Status(status) : Answer.Task("queued"));

        var generation = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

        Assert.Equal("gen-1", generation.Id);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task What_stood_in_the_way_of_the_last_search_is_told_with_the_task_that_is_known()
    {
        using var service = Lost(0, Answer.Status(502).With("x-inference-id", "gen-head"));
        service.Respond(_ => Answer.Status(403));

        var error = await FailAsync(service);

        Assert.Equal("gen-head", error.GenerationId);
        Assert.StartsWith("the log was searched 1 times in 0 s; the last search failed: The service responded 403 ", error.Evidence[1], StringComparison.Ordinal);
    }

    private static bool IsLog(Received request) => request.Uri.AbsolutePath == "/v2/logs";

    private static Answer Rows(string rows) => Answer.Json($$$"""{"data":[{{{rows}}}],"pagination":{"has_more":false}}""");

    private static ScriptedService Lost(int timeoutSeconds, Answer answer) =>
        ScriptedService.Configured(options => options.ReconciliationTimeout = TimeSpan.FromSeconds(timeoutSeconds), answer);

    private static Task<WanSubmissionUnknownException> FailAsync(ScriptedService service) => Assert.ThrowsAsync<WanSubmissionUnknownException>(
        () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));
}
