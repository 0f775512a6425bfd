using System.Web;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>How the service's log is paged, and which values of its rows are used.</summary>
public sealed class ServiceLogClientTests
{
    [Fact]
    public async Task It_is_read_page_by_page_for_as_long_as_there_is_more()
    {
        using var service = ScriptedService.Responding(Page(true, Row("gen-1")), Page(true, Row("gen-2"), Row("gen-1")), Page(false, Row("gen-1", "order-2")));
        service.Respond(request => TestResponse.Generation("queued", request.Uri.Query["?generation_id=".Length..]));

        var found = await FindAsync(service);

        Assert.Equal(["gen-1", "gen-2"], found);
        Assert.Equal(["0", "100", "200"], Offsets(service));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gen-1\\nwarn: all is lost")]
    [InlineData("gen-sk-canary-0123456789")]
    public async Task A_row_whose_id_needs_escaping_is_ignored(string id)
    {
        using var service = ScriptedService.Guarded(Page(false, Row(id), Row("gen-1")));
        service.Respond(request => TestResponse.Generation("queued"));

        Assert.Equal(["gen-1"], await FindAsync(service));
    }

    [Theory]
    [InlineData("""{"data":[],"pagination":{"has_more":true}}""")]
    [InlineData("""{"data":[{}],"pagination":{"has_more":"true"}}""")]
    [InlineData("""{"data":[{}],"pagination":7}""")]
    [InlineData("""{"data":[{}]}""")]
    public async Task A_page_without_rows_or_without_a_next_page_is_the_last(string page)
    {
        using var service = ScriptedService.Responding(TestResponse.Json(page));

        Assert.Empty(await FindAsync(service));

        Assert.Equal(["0", "0"], Offsets(service));
    }

    [Fact]
    public async Task At_most_100_pages_are_read_in_each_of_two_passes()
    {
        using var service = ScriptedService.Responding(Page(true, Row("gen-1", "order-2")));

        Assert.Empty(await FindAsync(service));

        Assert.Equal(2 * 100, service.Requests.Count);
        Assert.Equal("9900", Offsets(service).Last());
    }

    [Fact]
    public async Task A_page_without_a_list_of_rows_is_an_error()
    {
        using var service = ScriptedService.Responding(TestResponse.Json("""{"data":{}}"""));

        var error = await Assert.ThrowsAsync<WanApiException>(() => FindAsync(service));

        Assert.Equal("The service's response (200) cannot be read: a page of the log has no rows.", error.Message);
    }

    [Fact]
    public async Task A_cost_is_taken_from_the_first_row_that_has_one()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("completed", url: "https://cdn.example.com/video.mp4"),
            Page(true, """{"inference_id":"gen-2","cost":{"usd":9}}""", """{"inference_id":"gen-1"}""", """{"inference_id":"gen-1","cost":{}}"""),
            Page(true, """{"inference_id":"gen-1","cost":{"usd":0.65,"credits":1300000}}""", """{"inference_id":"gen-1","cost":{"usd":9}}"""));

        var cost = await CostAsync(service);

        Assert.Equal((true, 0.65m, 1_300_000m, "log"), (cost.IsFinal, cost.Usd, cost.Credits, cost.Source));
        Assert.Equal(["0", "100"], Offsets(service));
    }

    [Fact]
    public async Task A_cost_without_a_row_is_pending_with_a_reason()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("completed", url: "https://cdn.example.com/video.mp4"), Page(false, """{"inference_id":"gen-1","cost":{}}"""));

        var cost = await CostAsync(service);

        Assert.False(cost.IsFinal);
        Assert.Equal("the generation is complete, but the service's log does not contain its cost yet", cost.Reason);
    }

    private static string Row(string generationId, string clientRequestId = "order-1") =>
        $$"""{"client_request_id":"{{clientRequestId}}","inference_id":"{{generationId}}"}""";

    private static TestResponse Page(bool hasMore, params string[] rows) =>
        TestResponse.Json($$$"""{"data":[{{{string.Join(',', rows)}}}],"pagination":{"has_more":{{{(hasMore ? "true" : "false")}}}}}""");

    private static IEnumerable<string?> Offsets(ScriptedService service) => service.Requests
        .Where(request => request.Uri.AbsolutePath == "/v2/logs")
        .Select(request => HttpUtility.ParseQueryString(request.Uri.Query)["offset"]);

    private static async Task<IEnumerable<string>> FindAsync(ScriptedService service) =>
        (await service.RunAsync((client, cancellation) => client.FindGenerationsAsync("order-1", cancellation))).Select(generation => generation.Id);

    private static Task<GenerationCost> CostAsync(ScriptedService service) =>
        service.Client.GetCostAsync(new VideoGeneration { Id = "gen-1" }, TestContext.Current.CancellationToken);
}
