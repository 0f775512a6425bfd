using System.Net;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>Every way to create a client refuses a missing argument and names it.</summary>
public sealed class ConstructionTests : IDisposable
{
    private static readonly WanVideoClientOptions Options = new() { ApiKey = ScriptedService.Key };

    private readonly HttpClient http = new(new Service());

    public void Dispose() => http.Dispose();

    [Fact]
    public void A_null_argument_is_named()
    {
        AssertNull("options", () => new WanVideoClient((WanVideoClientOptions)null!));
        AssertNull("httpClient", () => new WanVideoClient(null!, Options));
        AssertNull("options", () => new WanVideoClient(http, null!));
        AssertNull("httpClient", () => new WanVideoClient(null!, http, Options));
        AssertNull("downloadClient", () => new WanVideoClient(http, null!, Options));
        AssertNull("options", () => new WanVideoClient(http, http, null!));
    }

    [Fact]
    public async Task An_invalid_argument_is_named()
    {
        using var client = new WanVideoClient(http, http, Options);

        Assert.Equal("request", (await Assert.ThrowsAsync<ArgumentNullException>(() => client.CreateAsync(null!, TestContext.Current.CancellationToken))).ParamName);
        Assert.Equal("generationId", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetAsync(" ", TestContext.Current.CancellationToken))).ParamName);
    }

    [Fact]
    public void A_setting_that_is_missing_is_named()
    {
        var options = new WanVideoClientOptions { ApiKey = ScriptedService.Key, BaseAddress = null! };
        foreach (var make in new Func<WanVideoClient>[] { () => new(options), () => new(http, options), () => new(http, http, options) })
            Assert.Contains("WanVideoClientOptions.BaseAddress ", Assert.Throws<ArgumentException>(() => make()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://staging.example")]
    [InlineData("https://api.aimlapi.com/v2/")]
    [InlineData("http://api.aimlapi.com")]
    [InlineData("https://api.aimlapi.com:8443")]
    [InlineData("https://user:canary@staging.example/?key=canary")]
    public void An_HttpClient_with_another_address_is_refused_with_both(string address)
    {
        http.BaseAddress = new Uri(address);
        foreach (var create in new Func<WanVideoClient>[] { () => new(http, Options), () => new(http, http, Options) })
        {
            var e = Assert.Throws<WanConfigurationException>(create);

            Assert.StartsWith("HttpClient.BaseAddress is ", e.Message, StringComparison.Ordinal);
            Assert.Contains("WanVideoClientOptions.BaseAddress is https://api.aimlapi.com/.", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://api.aimlapi.com")]
    [InlineData("https://API.aimlapi.com:443/")]
    public async Task An_HttpClient_with_the_same_address_is_used(string address)
    {
        http.BaseAddress = new Uri(address);
        using var client = new WanVideoClient(http, Options);

        Assert.Equal("gen-1", (await client.GetAsync("gen-1", TestContext.Current.CancellationToken)).Id);
    }

    [Fact]
    public async Task A_client_over_two_HttpClients_sends_the_key_and_disposes_neither()
    {
        using (var client = new WanVideoClient(http, http, Options))
            Assert.Equal("gen-1", (await client.GetAsync("gen-1", TestContext.Current.CancellationToken)).Id);

        using var again = new WanVideoClient(http, Options);
        Assert.Equal("gen-1", (await again.GetAsync("gen-1", TestContext.Current.CancellationToken)).Id);
    }

    private static void AssertNull(string name, Func<WanVideoClient> make) => Assert.Equal(name, Assert.Throws<ArgumentNullException>(() => make()).ParamName);

    private sealed class Service : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isKnown = request.Headers.Authorization?.Parameter == ScriptedService.Key;
            return Task.FromResult(new HttpResponseMessage(isKnown ? HttpStatusCode.OK : HttpStatusCode.Unauthorized)
            {
                Content = new StringContent("""{"id":"gen-1","status":"queued"}"""),
            });
        }
    }
}
