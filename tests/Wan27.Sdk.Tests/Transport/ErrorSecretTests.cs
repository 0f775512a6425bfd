using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Transport;

public class ErrorSecretTests
{
    private const string Prompt = "canary prompt, \"ünïcödé\", and\nmore of it";

    public static TheoryData<string> Reflections { get; } =
    [
        $"Incorrect API key provided: {ScriptedService.Key}",
        Prompt,
        $$"""{"message":"Rejected: {{JsonEncodedText.Encode(Prompt, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""",
        JsonSerializer.Serialize(new { message = $"Rejected: {Prompt}", key = ScriptedService.Key }),
        JsonSerializer.Serialize(new { error = new { name = ScriptedService.Key, message = Prompt, data = new[] { new { path = new[] { Prompt }, message = Prompt } } } }),
        """{"message":"cannot fetch https://canary.example.com/a.jpg?X-Amz-Signature=canary-signature&b=1"}""",
        """{"message":"HTTP://example.com/?canary-signature"}""",
        """{"message":"bad image_url data:image/png;base64,iVBORcanary+/canary=="}""",
        """{"message":"bad image_url data:image\/png;base64,AA\u002Bcanary\/iVBOR=="}""",
        """{"message":"cannot fetch https:\/\/canary.example.com\/a.jpg?canary-signature"}""",
        $"data:image/png;base64,{new string('A', (64 * 1024) - 40)} {ScriptedService.Key}",
    ];

    [Theory]
    [MemberData(nameof(Reflections))]
    public async Task A_reflected_secret_is_removed_from_everything_that_an_error_shows(string body)
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Json(body, 400));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = Prompt }, cancellation)));

        var shown = string.Join('\n', error.ToString(), error.ResponseExcerpt, error.ErrorName, string.Join('\n', error.Problems));
        Assert.Contains("***", shown, StringComparison.Ordinal);
        foreach (var secret in new[] { ScriptedService.Key[..9], "canary prompt", "canary-signature", "iVBOR", "canary+" })
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_negative_prompt_is_removed_as_well()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(400, "no canary rain"));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { NegativePrompt = "canary rain" }, cancellation)));

        Assert.Equal("no ***", error.ResponseExcerpt);
    }

    [Fact]
    public async Task A_prompt_with_half_a_surrogate_pair_is_removed_as_it_was_sent()
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Status(400, "no canary \uFFFD rain"));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = "canary \uD800 rain" }, cancellation)));

        Assert.Equal("canary \uFFFD rain", (string?)JsonNode.Parse(Assert.Single(service.Posts).Text)!["prompt"]);
        Assert.Equal("no ***", error.ResponseExcerpt);
    }

    public static TheoryData<string> UnusableIds { get; } =
        ["", $"gen-{ScriptedService.Key}-1", "gen-canary prompt, twice", "gen-1\r\nwarn: all is lost", "https://a.com/?canary-signature", new string('1', 1_025)];

    [Theory]
    [MemberData(nameof(UnusableIds))]
    public async Task An_id_that_needs_escaping_is_ignored_and_the_outcome_is_unknown(string id)
    {
        using var service = ScriptedService.Guarded(
            TestResponse.Json(JsonSerializer.Serialize(new { id, status = "error" })).With("x-inference-id", id));
        service.Respond(_ => TestResponse.Json("""{"data":[]}"""));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => service.RunAsync(
            (client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = "canary prompt, twice", ClientRequestId = "order-1" }, cancellation)));

        Assert.Single(service.Posts);
        Assert.All(service.Requests.Skip(1), request => Assert.Equal("/v2/logs", request.Uri.AbsolutePath));
        Assert.Null(error.GenerationId);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("lost", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gen-1", "gen-1")]
    [InlineData("gen/1:wan-2.7?a=1#b", "wan-2")]
    [InlineData("gen-fifteen letters", "fifteen letters")]
    public async Task An_id_that_contains_a_short_prompt_by_chance_is_accepted(string id, string prompt)
    {
        using var service = ScriptedService.Guarded(TestResponse.Json(JsonSerializer.Serialize(new { id, status = "queued" })));

        var generation = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = prompt }, cancellation));

        Assert.Equal(id, generation.Id);
    }

    [Theory]
    [InlineData("""{"id":"gen-1","video":nsk-canary-0123456789}""")]
    [InlineData("""{"id":"gen-1","video":nsk-canary-0123456789""")]
    public async Task The_message_of_a_parser_quotes_nothing(string body)
    {
        using var service = ScriptedService.Guarded(TestResponse.Json(body));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal("it is not JSON at line 1, byte 23", error.InnerException!.Message);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_status_is_escaped_and_pending()
    {
        var status = $"waits for {ScriptedService.Key}\r\n{new string('x', 2_000)}";
        using var service = ScriptedService.Guarded(TestResponse.Json(JsonSerializer.Serialize(new { id = "gen-1", status })));
        var expected = $@"waits for ***\u000D\u000A{new string('x', 2_000)}"[..1_024];

        var created = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));
        var read = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.All([created, read], generation => Assert.Equal((expected, true), (generation.Status.Value, generation.Status.IsPending)));
    }

    [Theory]
    [InlineData("order-1", "order-1")]
    [InlineData($"order-{ScriptedService.Key}", null)]
    [InlineData("order-1\r\nwarn: all is lost", null)]
    public async Task A_request_id_in_a_response_counts_only_if_it_needs_no_escaping(string reported, string? expected)
    {
        using var service = ScriptedService.Guarded(TestResponse.Json(JsonSerializer.Serialize(new { id = "gen-1", status = "queued", client_request_id = reported })));

        var generation = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.Equal(expected, generation.ClientRequestId);
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("succeeded")]
    public async Task A_status_with_a_meaning_is_not_redacted(string status)
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation(status));

        var outcome = await Record.ExceptionAsync(() => service.RunAsync(
            (client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = status }, cancellation)));

        Assert.Equal(status is "canceled" ? typeof(WanGenerationFailedException) : null, outcome?.GetType());
    }

    [Fact(Timeout = 60_000)]
    public async Task Four_megabytes_of_addresses_are_redacted_quickly()
    {
        var words = string.Concat(Enumerable.Repeat("http://", 590_000));
        using var service = ScriptedService.Responding(TestResponse.Json($$"""{"id":"gen-1","status":"error","error":"{{words}}"}"""));

        var error = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", cancellationToken: cancellation)).WaitAsync(TestContext.Current.CancellationToken));

        Assert.Contains(words[..1_000], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_excerpt_ends_after_1024_characters()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(400, new string('x', 70_000)));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal(new string('x', 1_024), error.ResponseExcerpt);
    }

    [Fact]
    public async Task Control_characters_are_escaped()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(400, "a\r\n\u001b[31m\u0000\u202e\u2028z"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal(@"a\u000D\u000A\u001B[31m\u0000\u202E\u2028z", error.ResponseExcerpt);
    }

    [Fact]
    public async Task A_malformed_response_shows_no_key()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(200, $"<p>{ScriptedService.Key} https://a.com/v.mp4?canary"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.Equal("<p>*** https://a.com/v.mp4?***", error.ResponseExcerpt);
    }

    [Fact]
    public async Task The_key_is_removed_if_the_handler_of_the_SDK_adds_it()
    {
        using var service = ScriptedService.Guarded(TestResponse.Json($$"""{"requestId":"{{ScriptedService.Key}}","message":"Incorrect key {{ScriptedService.Key}}"}""", 400));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal("***", error.RequestId);
        Assert.DoesNotContain(ScriptedService.Key, error + error.ResponseExcerpt, StringComparison.Ordinal);
    }
}
