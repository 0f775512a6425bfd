using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

/// <summary>Downloads through a proxy at a private address, as companies and clusters have them.</summary>
public sealed class ProxyTests : IDisposable
{
    private static readonly byte[] Video = TestVideo.Of(200_000);

    private readonly TestProxy proxy = new(Video);
    private readonly TestProxy closed = new(Video, credentials: "someone:canary-password");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        proxy.Dispose();
        closed.Dispose();
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task A_video_arrives_through_a_proxy_on_loopback(string scheme)
    {
        Assert.Equal(Video, await DownloadAsync(() => proxy.Handler(scheme), "https://cdn.example/video.mp4?signature=s"));

        Assert.Equal(["cdn.example:443"], proxy.Targets);
    }

    [Fact]
    public async Task A_proxy_receives_the_credentials_of_the_handler() => Assert.Equal(
        Video, await DownloadAsync(() => closed.Handler(user: new NetworkCredential("someone", "canary-password")), "https://cdn.example/video.mp4"));

    [Theory]
    [InlineData(null)]
    [InlineData("canary-wrong")]
    public async Task A_proxy_that_refuses_is_reported_as_the_proxy(string? password)
    {
        var user = password is null ? null : new NetworkCredential("someone", password);

        var e = await FailAsync(() => closed.Handler(user: user), "https://cdn.example/video.mp4?signature=canary");

        Assert.StartsWith("The proxy did not connect to the file host cdn.example. ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_cannot_be_reached_is_reported_as_the_proxy()
    {
        var port = proxy.Port;
        proxy.Dispose();

        var e = await FailAsync(() => new() { Proxy = new WebProxy($"http://127.0.0.1:{port}") }, "https://cdn.example/video.mp4");

        Assert.StartsWith($"The proxy 127.0.0.1:{port} cannot be reached: SocketException (ConnectionRefused).", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.1"), InlineData("10.0.0.1"), InlineData("169.254.169.254"), InlineData("[::1]"), InlineData("[fd00::1]"), InlineData("[::ffff:10.0.0.1]")]
    [InlineData("localhost"), InlineData("LOCALHOST."), InlineData("api.localhost"), InlineData("minio"), InlineData("db.internal"), InlineData("router.local"), InlineData("nas.lan")]
    public async Task A_private_address_or_a_local_name_is_not_asked_of_the_proxy(string host)
    {
        foreach (var scheme in new[] { "http", "socks5" })
        {
            var e = await FailAsync(() => proxy.Handler(scheme), $"https://{host}/video.mp4");

            Assert.Contains(nameof(WanVideoClientOptions.AllowPrivateDownloads), e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(proxy.Targets);
    }

    [Theory]
    [InlineData("minio")]
    [InlineData("10.0.0.1")]
    public async Task A_private_host_is_asked_of_the_proxy_if_the_caller_allows_it(string host)
    {
        using var trusted = new TestProxy(Video, host);

        // The certificate has the name of the host, but an address is not a name.
        _ = await Record.ExceptionAsync(() => DownloadAsync(() => trusted.Handler(), $"https://{host}/video.mp4", allowPrivate: true));

        Assert.Contains($"{host}:443", trusted.Targets);
    }

    [Fact]
    public async Task A_host_that_bypasses_the_proxy_is_judged_by_its_address()
    {
        var e = await FailAsync(
            () =>
            {
                var handler = proxy.Handler();
                ((WebProxy)handler.Proxy!).BypassList = ["127\\.0\\.0\\.1"];
                return handler;
            },
            "https://127.0.0.1/video.mp4");

        Assert.Contains("127.0.0.1, which is in 127.0.0.0/8 (loopback)", e.Message, StringComparison.Ordinal);
        Assert.Empty(proxy.Targets);
    }

    [Fact]
    public async Task A_certificate_of_a_private_authority_that_is_not_trusted_is_refused()
    {
        var e = await FailAsync(() => new() { Proxy = new WebProxy($"http://127.0.0.1:{proxy.Port}") }, "https://cdn.example/video.mp4");

        Assert.Contains("certificate of the file host cdn.example is not valid", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_would_connect_without_the_check_is_refused(bool isNull)
    {
        var options = new WanVideoClientOptions
        {
            ApiKey = "a-secret-key",
            DownloadHandlerFactory = () => isNull ? null! : new() { ConnectCallback = (_, _) => throw new InvalidOperationException() },
        };
        var services = new ServiceCollection();
        services.AddWanVideoClient(target => OptionsCopy.Copy(options, target));
        await using var provider = services.BuildServiceProvider();

        var e = await Assert.ThrowsAsync<WanConfigurationException>(() => provider.GetRequiredService<WanVideoClient>()
            .DownloadAsync(DownloadFixture.At("https://cdn.example/video.mp4"), Stream.Null, cancellationToken: Cancellation));

        Assert.Equal(nameof(WanVideoClientOptions.DownloadHandlerFactory), e.Setting);
        Assert.Throws<WanConfigurationException>(() => new WanVideoClient(options));
    }

    [Fact]
    public async Task The_handler_of_the_container_is_used_and_the_check_stays_in_force()
    {
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => closed.Handler()));
        services.AddWanVideoClient(options => (options.ApiKey, options.DownloadHandlerFactory) = ("a-secret-key", () => proxy.Handler()));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IWanVideoClient>();
        using var destination = new MemoryStream();

        await client.DownloadAsync(DownloadFixture.At("https://cdn.example/video.mp4"), destination, cancellationToken: Cancellation);

        Assert.Equal(Video, destination.ToArray());
        await Assert.ThrowsAsync<WanDownloadException>(() => client.DownloadAsync(DownloadFixture.At("https://127.0.0.1/v.mp4"), destination, cancellationToken: Cancellation));
        Assert.Single(proxy.Targets);
        Assert.Empty(closed.Targets);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_by_the_handler_of_the_application()
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = true, UseCookies = true };
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "a-secret-key", DownloadHandlerFactory = () => handler });

        Assert.Equal((false, false), (handler.AllowAutoRedirect, handler.UseCookies));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task The_service_behind_a_proxy_that_refuses_is_reported_as_the_proxy()
    {
        using var http = new HttpClient(closed.Handler());
        using var client = new WanVideoClient(http, new WanVideoClientOptions { ApiKey = "a-secret-key", BaseAddress = new Uri("https://api.example"), TimeProvider = new DownloadClock() });

        var e = await Assert.ThrowsAsync<WanConnectionException>(() => client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Contains("the proxy did not connect to the service", e.Message, StringComparison.Ordinal);
        Assert.Null(e.GenerationId);
    }

    private static async Task<byte[]> DownloadAsync(Func<SocketsHttpHandler> handler, string address, bool allowPrivate = false)
    {
        using var client = new WanVideoClient(new WanVideoClientOptions
        {
            ApiKey = "a-secret-key",
            LoggerFactory = WatchedLoggers.Instance,
            TimeProvider = new DownloadClock(),
            DownloadHandlerFactory = handler,
            AllowPrivateDownloads = allowPrivate,
        });
        using var destination = new MemoryStream();
        await client.DownloadAsync(DownloadFixture.At(address), destination, cancellationToken: Cancellation);
        return destination.ToArray();
    }

    private static Task<WanDownloadException> FailAsync(Func<SocketsHttpHandler> handler, string address) =>
        Assert.ThrowsAsync<WanDownloadException>(() => DownloadAsync(handler, address));
}
