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
    public async Task A_reflected_secret_is_taken_out_of_everything_that_an_error_shows(string body)
    {
        using var service = ScriptedService.Answering(Answer.Json(body, 400));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = Prompt, SkipValidation = true }, cancellation)));

        var shown = string.Join('\n', error.ToString(), error.ResponseExcerpt, error.ErrorName, string.Join('\n', error.Problems));
        Assert.Contains("***", shown, StringComparison.Ordinal);
        foreach (var secret in new[] { ScriptedService.Key[..9], "canary prompt", "canary-signature", "iVBOR", "canary+" })
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_negative_prompt_is_taken_out_as_well()
    {
        using var service = ScriptedService.Answering(Answer.Status(400, "no canary rain"));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { NegativePrompt = "canary rain" }, cancellation)));

        Assert.Equal("no ***", error.ResponseExcerpt);
    }

    [Fact]
    public async Task A_prompt_with_half_a_pair_is_taken_out_as_it_was_sent()
    {
        using var service = ScriptedService.Answering(Answer.Status(400, "no canary \uFFFD rain"));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = "canary \uD800 rain", SkipValidation = true }, cancellation)));

        Assert.Equal("canary \uFFFD rain", (string?)JsonNode.Parse(Assert.Single(service.Posts).Text)!["prompt"]);
        Assert.Equal("no ***", error.ResponseExcerpt);
    }

    [Fact(Timeout = 60_000)]
    public async Task Four_megabytes_of_addresses_are_printed_at_once()
    {
        var words = string.Concat(Enumerable.Repeat("http://", 590_000));
        using var service = ScriptedService.Answering(Answer.Json($$"""{"id":"gen-1","status":"error","error":"{{words}}"}"""));

        var error = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", cancellationToken: cancellation)).WaitAsync(TestContext.Current.CancellationToken));

        Assert.Contains(words[..1_000], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_excerpt_ends_after_1024_characters()
    {
        using var service = ScriptedService.Answering(Answer.Status(400, new string('x', 70_000)));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal(new string('x', 1_024), error.ResponseExcerpt);
    }

    [Fact]
    public async Task Control_characters_are_escaped()
    {
        using var service = ScriptedService.Answering(Answer.Status(400, "a\r\n\u001b[31m\u0000\u202e\u2028z"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal(@"a\u000D\u000A\u001B[31m\u0000\u202E\u2028z", error.ResponseExcerpt);
    }

    [Fact]
    public async Task What_cannot_be_understood_shows_no_key_either()
    {
        using var service = ScriptedService.Answering(Answer.Status(200, $"<p>{ScriptedService.Key} https://a.com/v.mp4?canary"));

        var error = await Assert.ThrowsAsync<WanProtocolException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.Equal("<p>*** https://a.com/v.mp4?***", error.ResponseExcerpt);
    }

    [Fact]
    public async Task The_key_is_taken_out_where_our_own_handler_adds_it()
    {
        using var service = ScriptedService.Guarded(Answer.Json($$"""{"requestId":"{{ScriptedService.Key}}","message":"Incorrect key {{ScriptedService.Key}}"}""", 400));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal("***", error.RequestId);
        Assert.DoesNotContain(ScriptedService.Key, error + error.ResponseExcerpt, StringComparison.Ordinal);
    }
}
