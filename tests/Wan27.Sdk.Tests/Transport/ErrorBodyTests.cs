namespace Wan27.Sdk.Tests.Transport;

public class ErrorBodyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_current_envelope_gives_name_request_id_and_every_issue()
    {
        var error = await ErrorOfAsync<WanApiException>(TestResponse.Json(
            """
            {"title":"Bad Request","status":400,"message":"Invalid payload","instance":"/v2/video/generations","requestId":"req-body","timestamp":"2026-07-01T12:00:00Z",
             "error":{"name":"ValidationError","message":"Invalid payload given","data":[
               {"code":"invalid_enum_value","options":["720p","1080p"],"received":"480p","path":["resolution"],"message":"Invalid enum value"},
               {"code":"invalid_type","expected":"number","received":"string","path":["image_urls",2],"message":"Expected number"},
               {"code":"custom","path":[]}]}}
            """,
            400).With("x-request-id", "req-header"));

        Assert.Equal((400, "ValidationError", "req-body"), ((int)error.StatusCode, error.ErrorName, error.RequestId));
        Assert.Equal(
            [new("resolution", "Invalid enum value"), new("image_urls.2", "Expected number"), new("", "custom")],
            error.Problems);
        Assert.Equal("The service responded 400 (the request is invalid): Invalid payload given (resolution: Invalid enum value; image_urls.2: Expected number; custom).", error.Message);
        Assert.Equal("order-1", error.ClientRequestId);
    }

    [Fact]
    public async Task An_issue_contains_what_was_reported()
    {
        var error = await ErrorOfAsync<WanApiException>(TestResponse.Json("""{"error":{"data":[{"path":"seed","code":"too_big"},{"message":"No"},{}]}}""", 400));

        Assert.Equal([new("seed", "too_big"), new("", "No"), new("", "is refused")], error.Problems);
    }

    [Theory]
    [InlineData("""{"error":{"message":"inner"},"message":"outer","title":"Bad"}""", "inner")]
    [InlineData("""{"error":"a string","message":"outer","title":"Bad"}""", "a string")]
    [InlineData("""{"message":"outer","title":"Bad"}""", "outer")]
    public async Task The_innermost_of_several_messages_is_reported(string body, string message) => Assert.Equal(
        $"The service responded 400 (the request is invalid): {message}",
        (await ErrorOfAsync<WanApiException>(TestResponse.Json(body, 400))).Message);

    [Theory]
    [InlineData("""{"requestId":"req-1","statusCode":400,"timestamp":"t","path":"/v2","message":["a is wrong","b is wrong"]}""", "a is wrong; b is wrong")]
    [InlineData("""{"requestId":"req-1","statusCode":"400","timestamp":"t","path":"/v2","message":"a is wrong"}""", "a is wrong")]
    [InlineData("""{"requestId":"req-1","title":"Bad"}""", "Bad")]
    [InlineData("""{"requestId":"req-1","error":"a is wrong"}""", "a is wrong")]
    public async Task The_older_envelope_gives_its_message_and_request_id(string body, string message)
    {
        var error = await ErrorOfAsync<WanApiException>(TestResponse.Json(body, 400));

        Assert.Equal("req-1", error.RequestId);
        Assert.Equal($"The service responded 400 (the request is invalid): {message}", error.Message);
        Assert.Null(error.ErrorName);
    }

    [Theory]
    [InlineData("""{"status":403,"error":{"name":"ForbiddenError","message":"No","data":{"kind":"err_insufficent_credits"}}}""")]
    [InlineData("""{"statusCode":403,"message":"You've run out of credits."}""")]
    public async Task Out_of_credits_is_distinguished_from_another_403(string body) =>
        Assert.True((await ErrorOfAsync<WanApiException>(TestResponse.Json(body, 403))).IsOutOfCredits);

    [Fact]
    public async Task Another_403_is_not_about_credits()
    {
        var error = await ErrorOfAsync<WanApiException>(TestResponse.Json("""{"status":403,"error":{"message":"No","data":{"kind":"err_unverified_card"}}}""", 403));

        Assert.Equal(("err_unverified_card", false), (error.ErrorName, error.IsOutOfCredits));
    }

    [Fact]
    public async Task A_429_with_a_longer_wait_than_the_limit_reports_how_long_to_wait()
    {
        var error = await ErrorOfAsync<WanApiException>(TestResponse.Json("""{"message":"Slow down"}""", 429).With("Retry-After", "120"));

        Assert.Equal((429, TimeSpan.FromMinutes(2)), ((int)error.StatusCode, error.RetryAfter!.Value));
    }

    [Theory]
    [InlineData("<html><head><title>522</title></head><body>Connection timed out</body></html>", "text/html")]
    [InlineData("upstream connect error", "text/plain")]
    [InlineData("", "text/plain")]
    [InlineData("{\"message\":", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("[[]]", "application/json")]
    [InlineData("{\"error\":{\"data\":[7,null,{\"path\":{}}],\"message\":{}},\"message\":[{}]}", "application/json")]
    [InlineData("{\"message\":\"\\ud83d\"}", "application/json")]
    public async Task Any_error_body_is_an_exception_with_the_request_id_of_the_header(string body, string mediaType)
    {
        var error = await ErrorOfAsync<WanApiException>(TestResponse.Status(400, body, mediaType).With("x-request-id", "req-header"));

        Assert.Equal((400, "req-header", body), ((int)error.StatusCode, error.RequestId, error.ResponseExcerpt));
        Assert.StartsWith("The service responded 400 (the request is invalid)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("false")]
    [InlineData("\" \"")]
    public async Task A_malformed_request_id_is_replaced_by_that_of_the_header(string id) => Assert.Equal(
        "req-header", (await ErrorOfAsync<WanApiException>(TestResponse.Json($$"""{"requestId":{{id}}}""", 400).With("x-request-id", "req-header"))).RequestId);

    [Fact]
    public async Task An_error_at_acceptance_is_a_failed_generation()
    {
        var error = await ErrorOfAsync<WanGenerationFailedException>(TestResponse.Json(
            """{"id":"gen-1","status":"error","error":{"detail":[{"loc":["body","image_url"],"msg":"Unreachable"}]}}"""));

        Assert.Equal(("gen-1", "order-1"), (error.GenerationId, error.ClientRequestId));
        Assert.Contains("body.image_url: Unreachable", error.Message, StringComparison.Ordinal);
    }

    private static async Task<T> ErrorOfAsync<T>(TestResponse response)
        where T : WanException
    {
        using var service = ScriptedService.Responding(response);
        return await Assert.ThrowsAsync<T>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));
    }
}
