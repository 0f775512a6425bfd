using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

public class CredentialTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("canary\r\nX-Evil: 1")]
    [InlineData("canary\n")]
    [InlineData("canary\0canary")]
    [InlineData("canary canary")]
    [InlineData("canäry-ü")]
    [InlineData("canary\u200b")]
    [InlineData("canary\u007f")]
    public void A_key_that_no_header_can_contain_is_refused_without_repeating_it(string key)
    {
        var error = Assert.Throws<ArgumentException>(() => new WanVideoClient(key));

        Assert.DoesNotContain("can", error.ToString().Split(" at ")[0].Replace("cannot", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(string.IsNullOrWhiteSpace(key) ? "apiKey" : "WanVideoClientOptions.ApiKey", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc def", "a character at position 3 that is not printable ASCII")]
    public void An_invalid_key_is_reported_with_its_problem(string key, string problem) =>
        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => new WanVideoClient(key)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_can_contain_all_of_printable_ASCII() => new WanVideoClient("!09AZaz~").Dispose();

    [Fact]
    public void A_null_key_is_refused() => Assert.Throws<ArgumentNullException>(() => new WanVideoClient((string)null!));

    [Theory]
    [InlineData("http://api.aimlapi.com", "has the scheme 'http'")]
    [InlineData("ftp://api.aimlapi.com", "has the scheme 'ftp'")]
    [InlineData("http://127.0.0.1.example.com", "has the scheme 'http'")]
    [InlineData("http://10.0.0.1", "has the scheme 'http'")]
    [InlineData("/relative", "")]
    [InlineData("https://user:secret@api.aimlapi.com", "has user information")]
    [InlineData("https://api.aimlapi.com/?a=b", "a query")]
    public void A_base_address_that_would_show_the_key_is_refused(string address, string problem)
    {
        var options = new WanVideoClientOptions { ApiKey = "k", BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute) };

        var error = Assert.Throws<ArgumentException>(() => new WanVideoClient(options));

        Assert.Contains("WanVideoClientOptions.BaseAddress ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_HTTP_is_accepted_only_by_the_option_that_names_the_danger()
    {
        var options = new WanVideoClientOptions { ApiKey = "k", BaseAddress = new Uri("http://emulator:8027") };

        Assert.Throws<ArgumentException>(() => new WanVideoClient(options));
        options.DangerousAllowHttp = true;
        new WanVideoClient(options).Dispose();
    }

    [Theory]
    [InlineData("https://api.aimlapi.com/v2")]
    [InlineData("https://api.aimlapi.com/v1/")]
    [InlineData("https://api.aimlapi.com/V2/")]
    [InlineData("https://gateway.example.com/wan/v2/video/generations")]
    public void A_base_address_that_repeats_the_version_is_refused(string address)
    {
        var options = new WanVideoClientOptions { ApiKey = "k", BaseAddress = new Uri(address) };

        var error = Assert.Throws<ArgumentException>(() => new WanVideoClient(options));

        Assert.Contains("it must not contain the version", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://proxy.example.com/v2/wan/", "https://proxy.example.com/v2/wan/v2/video/generations")]
    [InlineData("https://proxy.example.com/wan/", "https://proxy.example.com/wan/v2/video/generations")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/v2/video/generations")]
    [InlineData("http://localhost:5000/", "http://localhost:5000/v2/video/generations")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/v2/video/generations")]
    public async Task An_HTTPS_address_and_loopback_are_accepted_with_their_path(string address, string expected)
    {
        using var service = ScriptedService.Configured(options => options.BaseAddress = new Uri(address), TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

        Assert.Equal(expected, Assert.Single(service.Requests).Uri.AbsoluteUri);
        Assert.Contains($"Authorization: Bearer {ScriptedService.Key}", service.Requests[0].Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.aimlapi.com/v2/billing", true)]
    [InlineData("https://API.AIMLAPI.COM:443/", true)]
    [InlineData("http://api.aimlapi.com/", false)]
    [InlineData("https://api.aimlapi.com:8443/", false)]
    [InlineData("https://aimlapi.com/", false)]
    [InlineData("https://cdn.aimlapi.com/", false)]
    [InlineData("https://api.aimlapi.com.evil.example/", false)]
    [InlineData("https://api.aimlapi.com@evil.example/", false)]
    public async Task The_key_goes_to_the_configured_origin_alone(string address, bool isConfigured)
    {
        var credentials = Credentials.From(new WanVideoClientOptions { ApiKey = ScriptedService.Key });
        foreach (var asCopy in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new("Bearer", "left-over");

            var sent = await credentials.ApplyToAsync(request, asCopy, Cancellation);

            Assert.Equal(isConfigured ? ScriptedService.Key : null, sent.Headers.Authorization?.Parameter);
            Assert.Equal(asCopy, !ReferenceEquals(request, sent));
        }
    }

    [Theory]
    [InlineData("https://api.aimlapi.com/v2/billing", true)]
    [InlineData("https://cdn.aimlapi.com/v2/billing", false)]
    public async Task No_handler_can_change_a_copy_while_it_is_sent(string address, bool isConfigured)
    {
        var credentials = Credentials.From(new WanVideoClientOptions { ApiKey = ScriptedService.Key });
        using var content = new ByteArrayContent([1]);
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = content, Version = new(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("X-Trace", ["a", "b"]);
        request.Options.Set(new("slot"), "kept");

        var sent = await credentials.ApplyToAsync(request, asCopy: true, Cancellation);
        request.Headers.Authorization = new("Bearer", "left-over");
        request.RequestUri = new("https://evil.example/");

        Assert.NotSame(request, sent);
        Assert.Equal(isConfigured ? ScriptedService.Key : null, sent.Headers.Authorization?.Parameter);
        Assert.Equal(["a", "b"], sent.Headers.GetValues("X-Trace"));
        Assert.Equal(("PUT", address, content), (sent.Method.Method, sent.RequestUri!.AbsoluteUri, sent.Content));
        Assert.Equal((new Version(2, 0), HttpVersionPolicy.RequestVersionExact), (sent.Version, sent.VersionPolicy));
        Assert.Equal("kept", sent.Options.TryGetValue(new HttpRequestOptionsKey<string>("slot"), out var slot) ? slot : null);
    }

    [Fact]
    public void A_request_is_printed_without_its_headers_and_its_query()
    {
        using var request = new ApiRequest(HttpMethod.Get, new("https://api.aimlapi.com/v2/logs?limit=1"));
        request.Headers.Authorization = new("Bearer", ScriptedService.Key);

        Assert.Equal("GET api.aimlapi.com/v2/logs", request.ToString());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Basic sk-1", null)]
    [InlineData("Bearer sk-1", "sk-1")]
    public void The_key_of_a_request_is_the_one_in_its_header(string? header, string? key)
    {
        var credentials = Credentials.From(new WanVideoClientOptions { ApiKey = ScriptedService.Key });
        using var request = new HttpRequestMessage();
        request.Headers.TryAddWithoutValidation("Authorization", header);

        Assert.Equal(key, credentials.KeyOf(request)?.Reveal());
    }

    [Fact]
    public void Serialized_options_and_a_printed_key_do_not_show_the_key()
    {
        var options = new { new WanVideoClientOptions { ApiKey = ScriptedService.Key }.BaseAddress, Options = JsonSerializer.Serialize(new WanVideoClientOptions { ApiKey = ScriptedService.Key }) };

        Assert.DoesNotContain("canary", options.Options, StringComparison.Ordinal);
        Assert.Equal(("***", "\"***\""), (ApiKey.Parse(ScriptedService.Key).ToString(), JsonSerializer.Serialize(ApiKey.Parse(ScriptedService.Key))));
        Assert.Equal("***", typeof(ApiKey).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
    }
}
