using System.Net;
using System.Net.Sockets;
using Wan27.Sdk.Download;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class RefusedAddressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("ftp://cdn.example/video.mp4")]
    [InlineData("http://cdn.example/video.mp4")]
    [InlineData("video.mp4")]
    [InlineData("//cdn.example/video.mp4")]
    [InlineData("https://user:password@cdn.example/video.mp4")]
    public async Task An_address_that_is_not_plain_HTTPS_is_refused_without_a_request(string url)
    {
        using var fixture = new DownloadFixture { Generation = DownloadFixture.At(url) };

        var failure = await fixture.FailAsync();

        Assert.Equal("gen-1", failure.GenerationId);
        Assert.DoesNotContain("password@", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(fixture.Host.Requests);
    }

    [Theory]
    [InlineData("127.1"), InlineData("127.0.0.1"), InlineData("0x7f000001"), InlineData("2130706433"), InlineData("017700000001"), InlineData("0.0.0.0")]
    [InlineData("[::ffff:127.0.0.1]"), InlineData("[::1]"), InlineData("[::]"), InlineData("[fc00::1]"), InlineData("[fd12:3456::1]"), InlineData("[fe80::1]")]
    [InlineData("[64:ff9b::7f00:1]"), InlineData("[2002:7f00:1::]"), InlineData("[::127.0.0.1]"), InlineData("[fec0::1]"), InlineData("[2001:0:7f00:1::]")]
    [InlineData("169.254.169.254"), InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("100.64.0.1")]
    [InlineData("224.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("localhost")]
    public async Task A_private_address_is_refused_before_a_connection_is_opened(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new WanVideoClient("a-secret-key");
        var generation = DownloadFixture.At($"https://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/video.mp4");

        var failure = await Assert.ThrowsAsync<WanDownloadException>(() => client.DownloadAsync(generation, Stream.Null, cancellationToken: Cancellation));

        Assert.Contains(nameof(WanVideoClientOptions.AllowPrivateDownloads), failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Generation 'gen-1' is complete.", failure.Message, StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_name_is_resolved_once_for_each_connection_and_each_of_its_addresses_is_checked()
    {
        await using var listener = new ConnectionListener(async socket =>
        {
            using (socket)
            {
                _ = await socket.ReceiveAsync(new byte[4096]);
                _ = await socket.SendAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        });
        var answers = new Queue<IPAddress[]>([[IPAddress.Loopback], [IPAddress.Parse("10.0.0.1")], [IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]]);
        var policy = new DownloadPolicy(AllowPrivate: false, AllowLoopback: true) { ResolveAsync = (_, _) => Task.FromResult(answers.Dequeue()) };
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (context, token) => policy.ConnectAsync(context, proxy: null, token) });

        using (await GetAsync())
        {
            var changed = await Assert.ThrowsAsync<HttpRequestException>(GetAsync);
            Assert.Contains("10.0.0.1", Assert.IsType<WanDownloadException>(changed.InnerException).Message, StringComparison.Ordinal);
        }

        using var mixed = await GetAsync();

        Assert.Equal((0, 2), (answers.Count, listener.Connections));

        Task<HttpResponseMessage> GetAsync() => client.GetAsync($"http://cdn.example:{listener.Port}/video.mp4", Cancellation);
    }

    [Fact]
    public async Task A_trusted_network_is_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "a-secret-key", TrustedDownloadNetworks = [IPNetwork.Parse("127.0.0.0/8")] });
        using var canceler = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var downloading = client.DownloadAsync(
            DownloadFixture.At($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/video.mp4"), Stream.Null, cancellationToken: canceler.Token);
        using var connection = await listener.AcceptSocketAsync(Cancellation);
        await canceler.CancelAsync();

        await Assert.ThrowsAsync<WanCanceledException>(() => downloading);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_private_address_and_plain_http_are_reached_where_the_caller_allows_them(string host)
    {
        using var server = new VideoFileServer(TestVideo.Of(200_000));
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "a-secret-key", LoggerFactory = WatchedLoggers.Instance, AllowPrivateDownloads = true });
        using var destination = new MemoryStream();

        await client.DownloadAsync(DownloadFixture.At($"http://{host}:{server.Port}/video.mp4"), destination, cancellationToken: Cancellation);

        Assert.True(destination.ToArray().AsSpan().SequenceEqual(server.Video));
    }

    [Fact]
    public async Task The_file_host_receives_neither_key_nor_cookie_nor_a_header_of_the_caller()
    {
        using var server = new VideoFileServer(TestVideo.Of(200_000));
        using var folder = new TemporaryFolder();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Internal", "a-caller-s-secret");
        http.DefaultRequestHeaders.Add("Cookie", "session=1");
        using var client = new WanVideoClient(http, new WanVideoClientOptions { ApiKey = "a-secret-key", LoggerFactory = WatchedLoggers.Instance, AllowPrivateDownloads = true });
        server.CutAfter(10_000);

        await client.DownloadToFileAsync(
            DownloadFixture.At($"http://127.0.0.1:{server.Port}/video.mp4"), Path.Combine(folder.Path, "video.mp4"), cancellationToken: Cancellation);

        Assert.Equal(2, server.Heads.Count);
        var names = server.Heads.SelectMany(head => head.Split("\r\n").Skip(1)).Select(line => line.Split(':')[0]).Distinct().Order();
        Assert.Equal(["Host", "If-Range", "Range", "User-Agent"], names);
    }
}
