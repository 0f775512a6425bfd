using Microsoft.Extensions.Logging;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Tests.Diagnostics;

public class AttemptTelemetryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attempt_is_logged_with_host_path_and_the_listed_query_and_headers(bool isGuarded)
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            isGuarded, telemetry.Configure,
            TestResponse.Generation("queued").With("x-request-id", $"echo of {ScriptedService.Key}").With("Set-Cookie", "session=1"));

        _ = await service.Client.GetAsync("gen-1", TestContext.Current.CancellationToken);

        Assert.Equal([400, 401, 402], telemetry.Ids(4));
        Assert.Equal("GET api.aimlapi.com/v2/video/generations, query: generation_id=gen-1, headers: ", telemetry.Entry(400).Message);
        Assert.Equal("GET api.aimlapi.com/v2/video/generations has the response 200.", telemetry.Entry(401).Message);
        Assert.Contains("X-Request-ID: echo of ***", telemetry.Entry(402).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("session", telemetry.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_without_a_response_is_logged_with_the_reason()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Unreached(new HttpRequestException(HttpRequestError.NameResolutionError)));

        _ = await Assert.ThrowsAsync<WanConnectionException>(() => service.RunAsync((client, token) => client.GetAsync("gen-1", token)));

        Assert.All(
            telemetry.Entries.Where(entry => entry.Id.Id == 403),
            entry => Assert.Equal("GET api.aimlapi.com/v2/video/generations has no response: NameResolutionError.", entry.Message));
        Assert.Equal(4, telemetry.Ids(4).Count(id => id == 403));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompts_and_responses_are_logged_only_if_the_caller_enables_it(bool isAskedFor)
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            options =>
            {
                telemetry.Configure(options);
                options.LogContent = isAskedFor;
            },
            TestResponse.Json($$"""{"id":"gen-1","status":"queued","note":"{{ScriptedService.Key}} https://cdn.example.com/v.mp4?sig=s"}"""));

        _ = await service.Client.CreateAsync(
            new TextToVideoRequest { Prompt = "a fox on the moon", NegativePrompt = "stars" }, TestContext.Current.CancellationToken);

        Assert.Equal(isAskedFor, telemetry.Everything.Contains("a fox on the moon", StringComparison.Ordinal));
        Assert.Equal(isAskedFor ? 1 : 0, telemetry.Ids(1).Count(id => id == 110));
        Assert.Equal(
            isAskedFor ? ["""The response 200 contains: {"id":"gen-1","status":"queued","note":"*** https://cdn.example.com/v.mp4?***"}"""] : [],
            telemetry.Entries.Where(entry => entry.Id.Id == 405).Select(entry => entry.Message));
        Assert.DoesNotContain(
            "moon", string.Join(' ', telemetry.Spans.Select(span => TelemetryCapture.Print(span.TagObjects))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_attempts_are_not_logged_at_Information()
    {
        using var telemetry = new TelemetryCapture(LogLevel.Information);
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"));

        _ = await service.Client.CreateAsync(Samples.Text, TestContext.Current.CancellationToken);

        Assert.Equal([101], telemetry.Ids(1, 2, 3, 4));
    }

    [Theory]
    [InlineData("https://u:p@h.example/a/b?generation_id=1&limit=2", "h.example/a/b", "generation_id=1&limit=2")]
    [InlineData("https://h.example/v.mp4?Expires=1&Signature=a%2Bb", "h.example/v.mp4", "***&***")]
    [InlineData("https://h.example/v.mp4?token", "h.example/v.mp4", "***")]
    [InlineData("https://h.example/v.mp4?=token", "h.example/v.mp4", "***")]
    [InlineData("https://h.example/v.mp4?LIMIT=token", "h.example/v.mp4", "***")]
    [InlineData("https://h.example/v.mp4", "h.example/v.mp4", "")]
    [InlineData("https://h.example/logs?start=1&end=2&period=7d&offset=3", "h.example/logs", "start=1&end=2&period=7d&offset=3")]
    [InlineData("https://h.example/a/user:pass/b", "h.example/a/***/b", "")]
    [InlineData("https://h.example/hdnts=exp=1~hmac=ab/v.mp4", "h.example/***/v.mp4", "")]
    [InlineData("https://h.example/0123456789012345678901234567890123456789012345678901234567890123/v.mp4", "h.example/0123456789012345678901234567890123456789012345678901234567890123/v.mp4", "")]
    [InlineData("https://h.example/01234567890123456789012345678901234567890123456789012345678901234/v.mp4", "h.example/***/v.mp4", "")]
    public void Host_path_and_listed_query_parameters_of_an_address_are_shown(string uri, string address, string query) =>
        Assert.Equal((address, query), (Redactor.PrintAddress(new Uri(uri)), AllowList.Query(new Uri(uri))));

    [Theory]
    [InlineData("a\r\ninfo: a forged entry", "h.example/***/v.mp4")]
    [InlineData("a\u202eb", "h.example/***/v.mp4")]
    [InlineData("a\u2028b", "h.example/***/v.mp4")]
    [InlineData("a%0Ab", "h.example/a%0Ab/v.mp4")]
    public void A_path_that_could_forge_an_entry_is_not_shown(string segment, string address)
    {
        var uri = new Uri($"https://h.example/{segment}/v.mp4", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        Assert.Equal(address, Redactor.PrintAddress(uri));
    }

    [Theory]
    [InlineData("?signature=a%2Bb%3D", "a%2Bb%3D a+b=")]
    [InlineData("?a-token", "a-token a-token")]
    [InlineData("?limit=1000&x=abc", "abc abc")]
    public void An_unlisted_query_parameter_is_a_secret(string query, string secrets) =>
        Assert.Equal(secrets, string.Join(' ', AllowList.SecretsOf(new Uri("https://h.example/v.mp4" + query))));

    [Fact]
    public void A_long_address_is_truncated()
    {
        var address = Redactor.PrintAddress(new Uri("https://h.example/" + string.Concat(Enumerable.Repeat("abcdefghi/", 100))));

        Assert.Equal((201, "abcdefghi/\u2026"), (address.Length, address[^11..]));
    }

    [Theory]
    [InlineData("Authorization", true)]
    [InlineData("Cookie", true)]
    [InlineData("X-Anything", true)]
    [InlineData("", true)]
    [InlineData("Content-Length", false)]
    [InlineData("Content-Range", false)]
    [InlineData("Content-Type", false)]
    [InlineData("Date", false)]
    [InlineData("Range", false)]
    [InlineData("retry-after", false)]
    [InlineData("x-client-request-id", false)]
    [InlineData("X-Inference-Id", false)]
    [InlineData("X-Request-Id", false)]
    public void Only_listed_headers_are_shown(string name, bool isSecret) => Assert.Equal(isSecret, AllowList.IsSecretHeader(name));

    [Fact]
    public void Headers_are_shown_with_all_their_values_and_a_secret_in_one_is_hidden()
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent([1]) };
        response.Headers.TryAddWithoutValidation("X-Request-Id", ["one", "two-canary"]);
        response.Headers.TryAddWithoutValidation("X-Anything", "hidden");
        response.Content.Headers.ContentType = new("video/mp4");

        Assert.Equal("X-Request-ID: one, two-***; Content-Type: video/mp4", AllowList.Print(new Redactor("canary"), response.Headers, null, response.Content.Headers));
        Assert.Equal("Content-Type: video/mp4", AllowList.Print(new Redactor(""), response.Content.Headers));
        Assert.Equal("", AllowList.Print(Redactor.None, null));
    }
}
