using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.IntegrationTests.Money.HostMatrix;
using Wan27.Sdk.IntegrationTests.Faults;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Keys;

/// <summary>
/// Each redirect, to another port or to another name, with each kind of retry and each order of the handlers: counts the bytes of the key
/// on the sockets of every origin except the configured one.
/// </summary>
public sealed class OriginTests : IAsyncLifetime
{
    private const string Key = "canary-of-the-key";

    private RawServer configured = null!;
    private RawServer foreign = null!;
    private Func<Uri, Uri> target = uri => uri;
    private int status;

    public static TheoryData<int, string, string, string> Cells => new(
        from status in new[] { 301, 302, 303, 307, 308 }
        from target in new[] { "another port", "another name" }
        from order in Orders.Keys
        from retry in Retries.Keys
        select (status, target, order, retry));

    private static Dictionary<string, Func<DelegatingHandler?>> Retries { get; } = new()
    {
        ["none"] = () => null,
        ["retrying"] = () => new RetryingHandler(),
        ["hedging"] = () => new HedgingHandler(),
        ["cloning with options"] = () => new CloningHandler(copiesOptions: true),
        ["cloning"] = () => new CloningHandler(copiesOptions: false),
    };

    private static Dictionary<string, Func<WanVideoClientOptions, DelegatingHandler?, WrappedClient>> Orders { get; } = new()
    {
        ["redirects outside retries"] = (options, retry) => HandlerCombinations.Container(options, api => Add(api, new FollowingHandler(), retry)),
        ["retries outside redirects"] = (options, retry) => HandlerCombinations.Container(options, api => Add(api, retry, new FollowingHandler())),
        ["a primary that redirects"] = (options, retry) =>
            HandlerCombinations.Container(options, api => Add(api, retry).ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler())),
        ["an HttpClient that redirects"] = (options, retry) => HandlerCombinations.OverClient(options, Chain(retry, new SocketsHttpHandler())),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        configured = new RawServer(request => IsForeign(request) ? RawReply.Json("{}") : Redirect(request));
        foreign = new RawServer(_ => RawReply.Json("{}"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await configured.DisposeAsync();
        await foreign.DisposeAsync();
    }

    [Fact]
    public void There_are_200_combinations() => Assert.Equal(200, Cells.Count);

    [Theory]
    [MemberData(nameof(Cells))]
    [Fault(143, "Create, Get", "0 bytes of `Authorization` at any other origin, in 200 combinations of redirect, retry and order")]
    public async Task The_key_reaches_the_configured_origin_and_no_other(int redirect, string where, string order, string retry)
    {
        status = redirect;
        target = where == "another port"
            ? uri => new UriBuilder(uri) { Port = foreign.Address.Port }.Uri
            : uri => new UriBuilder(uri) { Host = "localhost" }.Uri;
        var options = new WanVideoClientOptions
        {
            ApiKey = Key,
            BaseAddress = configured.Address,
            LoggerFactory = WatchedLoggers.Instance,
            TimeProvider = new ShortClock(),
            AttemptTimeout = TimeSpan.FromHours(10),
            ReconciliationTimeout = TimeSpan.Zero,
        };
        using var surrounded = Orders[order](options, Retries[retry]());

        _ = await Assert.ThrowsAnyAsync<WanException>(() => surrounded.Client.GetAsync("gen-1", Cancellation));
        _ = await Assert.ThrowsAnyAsync<WanException>(() => surrounded.Client.CreateAsync(Samples.Text(), Cancellation));

        var all = configured.Requests.Concat(foreign.Requests).ToLookup(IsForeign);
        Assert.Equal(0, all[true].Sum(AuthorizationBytes));
        Assert.All(all[true], request => Assert.DoesNotContain(Key, request.Head, StringComparison.Ordinal));
        Assert.Contains(all[false], request => request.Header("Authorization") == $"Bearer {Key}");
    }

    /// <summary>Without this, the test above would prove nothing.</summary>
    [Theory]
    [InlineData("redirects outside retries", "cloning")]
    [InlineData("an HttpClient that redirects", "none")]
    public async Task The_other_origin_is_reached(string order, string retry)
    {
        await The_key_reaches_the_configured_origin_and_no_other(302, "another port", order, retry);

        Assert.NotEmpty(foreign.Requests);
    }

    private bool IsForeign(RawRequest request) => request.Header("Host") != configured.Address.Authority;

    private RawReply Redirect(RawRequest request) => new(Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status} Elsewhere\r\nLocation: {target(new Uri(configured.Address, request.Target))}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

    private static int AuthorizationBytes(RawRequest request) =>
        request.Head.Split("\r\n").Where(line => line.StartsWith("Authorization", StringComparison.OrdinalIgnoreCase)).Sum(line => line.Length);

    private static IHttpClientBuilder Add(IHttpClientBuilder api, params DelegatingHandler?[] handlers)
    {
        foreach (var handler in handlers.OfType<DelegatingHandler>())
            _ = api.AddHttpMessageHandler(() => handler);
        return api;
    }

    private static HttpMessageHandler Chain(DelegatingHandler? outer, HttpMessageHandler inner)
    {
        if (outer is null)
            return inner;
        outer.InnerHandler = inner;
        return outer;
    }

    /// <summary>Follows a redirect as a careless application does: the same request with all of its headers.</summary>
    private sealed class FollowingHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            for (var hops = 0; hops < 3 && response.Headers.Location is { } next; hops++)
            {
                request.RequestUri = next;
                request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", Key);
                response = await base.SendAsync(request, cancellationToken);
            }

            return response;
        }
    }
}
