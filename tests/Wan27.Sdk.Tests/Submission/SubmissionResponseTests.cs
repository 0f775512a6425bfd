using System.Net;
using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Tests.Submission;

public class SubmissionResponseTests
{
    private static readonly TestResponse NoRows = TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""");

    public static TheoryData<int> Refusals { get; } = [300, 301, 302, 303, 307, 308, 399, 400, 401, 402, 403, 404, 405, 413, 415, 422];

    public static TheoryData<string, TestResponse> Unclear { get; } = new()
    {
        { "408", TestResponse.Status(408) },
        { "409", TestResponse.Status(409) },
        { "425", TestResponse.Status(425) },
        { "429 with a generation's id", TestResponse.Status(429).With("x-inference-id", "gen-1") },
        { "429 whose body is a generation", TestResponse.Status(429, """{"id":"gen-1","status":"queued"}""", "application/json") },
        { "403 whose body is a generation", TestResponse.Status(403, """{"id":"gen-1","status":"completed"}""", "application/json") },
        { "500", TestResponse.Status(500) },
        { "502", TestResponse.Status(502, "<html>", "text/html") },
        { "503", TestResponse.Status(503) },
        { "503 that asks to wait", TestResponse.Status(503).With("Retry-After", "1") },
        { "504", TestResponse.Status(504) },
        { "522", TestResponse.Status(522) },
        { "a success cut short", TestResponse.Status(200, """{"id":"gen-""", "application/json") },
        { "a success in HTML", TestResponse.Status(200, "<html>", "text/html") },
        { "an empty success", TestResponse.Status(200) },
        { "204", TestResponse.Status(204) },
        { "a success without an id", TestResponse.Json("""{"status":"queued"}""") },
        { "a success with two ids", TestResponse.Json("""{"id":"gen-1","generation_id":"gen-2"}""") },
        { "a success that is an array", TestResponse.Json("[]") },
        { "a success that is null", TestResponse.Json("null") },
        { "a clock at its beginning", TestResponse.Status(504).With("Date", "Mon, 01 Jan 0001 00:00:00 GMT") },
        { "a clock at its end", TestResponse.Status(504).With("Date", "Fri, 31 Dec 9999 23:59:59 GMT") },
        { "the response to another submission", TestResponse.Generation("queued").With("x-client-request-id", "order-2") },
        { "the refusal of another submission", TestResponse.Status(400).With("x-client-request-id", "order-2") },
        { "the body of another submission", TestResponse.Json("""{"id":"gen-1","status":"queued","client_request_id":"order-2"}""") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_sent_once_and_thrown(int status)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(status).With("Location", "https://elsewhere.example.com/"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        Assert.Single(service.Requests);
        Assert.Equal((status, "order-1"), ((int)error.StatusCode, error.ClientRequestId));
    }

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task An_unclear_response_is_never_sent_again_and_its_outcome_is_unknown(string what, TestResponse response)
    {
        using var service = ScriptedService.Guarded(response);
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs" ? NoRows : TestResponse.Status(404));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.True(service.Posts.Count() == 1, what);
        Assert.Equal(("order-1", SubmissionPhase.Answered), (error.ClientRequestId, error.Phase));
        Assert.Contains("FindGenerationsAsync(\"order-1\")", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task An_unclear_response_is_resolved_by_the_generation_in_the_log(string what, TestResponse response)
    {
        using var service = ScriptedService.Guarded(response);
        service.Respond(request => request switch
        {
            { Uri.AbsolutePath: "/v2/logs" } => TestResponse.Json(
                """{"data":[{"client_request_id":"ORDER-1","inference_id":"gen-0"},{"client_request_id":"order-1","inference_id":"gen-1"}],"pagination":{"has_more":false}}"""),
            _ => TestResponse.Generation("generating"),
        });

        var generation = await CreateAsync(service);

        Assert.True(service.Posts.Count() == 1, what);
        Assert.Equal(("gen-1", "order-1"), (generation.Id, generation.ClientRequestId));
    }

    [Theory]
    [InlineData(504, "", "the service responded 504")]
    [InlineData(406, "", "the service responded 406")]
    [InlineData(202, "{}", "the response (202) has no id")]
    [InlineData(429, """{"id":"gen-1","status":"queued"}""", "the service responded 429 and names a generation")]
    [InlineData(200, "<html>", "the response (200) cannot be read")]
    [InlineData(200, """{"id":"gen-1"}""", "the response names another submission", "order-2")]
    public async Task An_unclear_outcome_reports_its_evidence(int status, string body, string evidence, string echo = "order-1")
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(status, body, "application/json").With("x-client-request-id", echo));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs" ? NoRows : TestResponse.Status(404));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Contains(evidence, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(299)]
    public async Task Any_success_with_an_id_is_a_generation(int status)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(status, """{"id":"gen-1","status":"queued"}""", "application/json"));

        Assert.Equal("gen-1", (await CreateAsync(service)).Id);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(504, "", "gen-7")]
    [InlineData(504, """{"id":"gen-7","status":"queued"}""", "")]
    [InlineData(504, """{"id":"gen-8","status":"queued"}""", "gen-7")]
    [InlineData(429, """{"id":"gen-7","status":"generating"}""", "")]
    [InlineData(302, """{"generation_id":"gen-7","status":"completed"}""", "")]
    public async Task The_id_in_an_unclear_response_finds_the_generation_without_the_log(int status, string body, string head)
    {
        using var service = ScriptedService.Guarded(
            TestResponse.Status(status, body, "application/json").With("x-inference-id", head), TestResponse.Generation("generating", id: "gen-7"));

        Assert.Equal("gen-7", (await CreateAsync(service)).Id);
        Assert.Equal("?generation_id=gen-7", service.Requests[1].Uri.Query);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_with_a_generation_id_is_valid_only_if_the_service_does_not_know_it(int status)
    {
        var named = TestResponse.Status(status).With("x-inference-id", "gen-1");
        using var unknown = ScriptedService.Guarded(named);
        unknown.Respond(_ => TestResponse.Status(404));
        using var known = ScriptedService.Guarded(named, TestResponse.Generation("generating"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(unknown));

        Assert.Equal((status, 1), ((int)error.StatusCode, unknown.Posts.Count()));
        Assert.Equal("gen-1", (await CreateAsync(known)).Id);
        Assert.Single(known.Posts);
    }

    [Theory]
    [InlineData(401, 401, true)]
    [InlineData(403, 400, true)]
    [InlineData(403, 401, false)]
    [InlineData(403, 503, false)]
    public async Task A_refusal_that_names_a_generation_is_unclear_until_that_was_read(int status, int read, bool isRefused)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(status).With("x-inference-id", "gen-1"));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs" ? NoRows : TestResponse.Status(read));

        var error = await Assert.ThrowsAnyAsync<WanException>(() => CreateAsync(service));

        Assert.Equal(isRefused ? typeof(WanApiException) : typeof(WanSubmissionUnknownException), error.GetType());
        Assert.Single(service.Posts);
    }

    [Theory]
    [InlineData("""{"id":"gen-9","status":"queued","client_request_id":"order-2"}""", "gen-1")]
    [InlineData("""{"id":"gen-9","status":"queued"}""", "gen-1")]
    public async Task The_id_of_the_headers_is_searched_and_another_generation_is_not_adopted(string body, string head)
    {
        using var matching = ScriptedService.Guarded(TestResponse.Json(body).With("x-inference-id", head), TestResponse.Generation("generating"));
        using var strangers = ScriptedService.Guarded(TestResponse.Json(body).With("x-inference-id", head));
        strangers.Respond(request => request.Uri.AbsolutePath == "/v2/logs" ? NoRows
            : TestResponse.Json("""{"id":"gen-1","status":"queued","client_request_id":"order-2"}"""));

        Assert.Equal("gen-1", (await CreateAsync(matching)).Id);
        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(strangers));

        Assert.Equal("gen-1", error.GenerationId);
        Assert.DoesNotContain(strangers.Requests, request => request.Uri.Query.Contains("gen-9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(429)]
    [InlineData(504)]
    public async Task The_ids_in_a_response_to_another_submission_are_ignored(int status)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(status, """{"id":"gen-9","status":"queued"}""", "application/json")
            .With("x-inference-id", "gen-9").With("x-client-request-id", "order-2"));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs" ? NoRows : TestResponse.Generation("generating", id: "gen-9"));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Null(error.GenerationId);
        Assert.DoesNotContain(service.Requests, request => request.Uri.Query.Contains("gen-9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"id":"err-1","status":"error"}""")]
    [InlineData("""{"id":"err-1","status":400}""")]
    [InlineData("""{"id":"err-1"}""")]
    [InlineData("""{"status":"queued"}""")]
    [InlineData("""{"id":"gen-1","status":"queued","generation_id":"gen-2"}""")]
    public async Task The_id_of_an_error_is_not_the_id_of_a_generation(string body)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(400, body, "application/json"));

        _ = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Too_many_requests_are_sent_again_at_most_twice()
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(429));

        var error = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        Assert.Equal(HttpStatusCode.TooManyRequests, error.StatusCode);
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task Temporary_too_many_requests_become_a_generation_after_the_requested_wait()
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(429).With("Retry-After", "30"), TestResponse.Generation("queued"));

        Assert.Equal("gen-1", (await CreateAsync(service)).Id);
        Assert.Equal(30, (service.Requests[1].At - service.Requests[0].At).TotalSeconds, 0.11);
        Assert.Equal(service.Requests[0].Text, service.Requests[1].Text);
        Assert.All(service.Posts, post => Assert.Contains("X-Client-Request-Id: order-1", post.Headers, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("61", "")]
    [InlineData("1", "Free-tier limit reached")]
    public async Task Too_many_requests_with_a_long_wait_are_thrown_at_once(string wait, string body)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(429, body).With("Retry-After", wait));

        var error = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        Assert.Equal(HttpStatusCode.TooManyRequests, error.StatusCode);
        Assert.Single(service.Requests);
    }

    private static Task<VideoGeneration> CreateAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));
}
