using System.Net;
using System.Text;
using Wan27.Sdk.TestSupport;

namespace Wan27.Cli.Tests;

/// <summary>Tests a program whose proxy and certificate authority are those of the environment.</summary>
public sealed class ProxyTests
{
    private const string Credentials = "someone:canary-password";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTPS_PROXY", "http://someone:canary-password@127.0.0.1:", Credentials)]
    [InlineData("ALL_PROXY", "socks5://127.0.0.1:", null)]
    public async Task A_video_is_saved_through_the_proxy_of_the_environment(string variable, string proxyAddress, string? credentials)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only OpenSSL reads SSL_CERT_FILE.");
        var video = TestVideo.Of(100_000);
        using var proxy = new TestProxy(video, credentials: credentials);
        await using var fixture = await CliFixture.StartAsync();
        using var api = Api("https://cdn.example/video.mp4", out var address);
        await File.WriteAllTextAsync(fixture["authority.pem"], proxy.Authority.ExportCertificatePem(), Cancellation);
        fixture.Environment["WAN27_BASE_ADDRESS"] = address;
        fixture.Environment["SSL_CERT_FILE"] = fixture["authority.pem"];
        fixture.Environment[variable] = proxyAddress + proxy.Port;
        // The API itself is not behind the proxy.
        fixture.Environment["NO_PROXY"] = "127.0.0.1";

        using var process = fixture.Start("download", "gen-1", "-o", "fox.mp4");
        var (code, _, error) = await process.WaitForExitAsync();

        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(video, await File.ReadAllBytesAsync(fixture["fox.mp4"], Cancellation));
        Assert.All(proxy.Targets, target => Assert.Equal("cdn.example:443", target));
        Assert.NotEmpty(proxy.Targets);
        Assert.DoesNotContain("canary", error, StringComparison.Ordinal);
    }

    private static HttpListener Api(string video, out string address)
    {
        for (var port = Random.Shared.Next(20_000, 30_000); ; port++)
        {
            address = $"http://127.0.0.1:{port}/";
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
            }
            catch (HttpListenerException)
            {
                continue;
            }

            _ = ServeAsync(listener, $$"""{"id":"gen-1","status":"completed","video":{"url":"{{video}}"} }""");
            return listener;
        }
    }

    private static async Task ServeAsync(HttpListener listener, string json)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                context.Response.ContentType = "application/json";
                context.Response.Close(Encoding.UTF8.GetBytes(json), willBlock: false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
