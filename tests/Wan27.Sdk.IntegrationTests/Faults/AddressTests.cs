using System.Net;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Addresses of videos that a service should not return.</summary>
public sealed class AddressTests
{
    private const string Refused = "`WanDownloadException`; nothing is opened, and the generation is unchanged";

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("file://host/share")]
    [Fault(67, "Download", Refused)]
    public Task A_file_URL(string url) => AssertRefusedAsync(url);

    [Theory]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("ftp://cdn.example/video.mp4")]
    [InlineData("gopher://cdn.example/1")]
    [InlineData("javascript:alert(1)")]
    [InlineData("blob:https://cdn.example/1")]
    [Fault(68, "Download", Refused)]
    public Task A_URL_of_another_scheme(string url) => AssertRefusedAsync(url);

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("video.mp4")]
    [InlineData("//cdn.example/video.mp4")]
    [InlineData("..\\..\\video.mp4")]
    [InlineData("?a=b")]
    [Fault(69, "Download", Refused)]
    public Task A_URL_that_is_not_absolute(string url) => AssertRefusedAsync(url);

    [Theory]
    [InlineData("http://cdn.example/video.mp4")]
    [InlineData("HTTP://cdn.example:443/video.mp4")]
    [Fault(70, "Download", Refused + "; `AllowPrivateDownloads` allows it")]
    public Task A_URL_without_TLS(string url) => AssertRefusedAsync(url);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:a9fe:a9fe]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [Fault(71, "Download", Refused + "; `AllowPrivateDownloads` allows it")]
    public Task A_private_address(string host) => AssertRefusedAsync($"https://{host}/video.mp4");

    [Theory]
    [InlineData("127.1")]
    [InlineData("0x7f000001")]
    [InlineData("2130706433")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("0xa9.254.0251.254")]
    [InlineData("127。0。0。1")]
    [InlineData("①②⑦.0.0.1")]
    [Fault(72, "Download", Refused)]
    public Task A_disguised_private_address(string host) => AssertRefusedAsync($"https://{host}/video.mp4");

    [Theory]
    [InlineData("localhost")]
    [Fault(73, "Download", Refused + ": the check applies to the address of the connection")]
    public Task A_name_that_resolves_to_a_private_address(string host) => AssertRefusedAsync($"https://{host}/video.mp4");

    [Theory]
    [InlineData("https://user:canary@cdn.example/video.mp4")]
    [InlineData("https://api.aimlapi.com@evil.example/video.mp4")]
    [InlineData("https://canary%40cdn.example:pass@127.0.0.1/video.mp4")]
    [Fault(74, "Download", Refused)]
    public Task User_information_in_a_URL(string url) => AssertRefusedAsync(url);

    [Theory]
    [InlineData("https://api.aimlapi.com.evil.example/video.mp4")]
    [InlineData("https://api-aimlapi.com/video.mp4")]
    [InlineData("https://аpi.aimlapi.com/video.mp4")]
    [InlineData("https://api.aimlapi.com/video.mp4")]
    [Fault(75, "Download", "Fetched, as a video may be on any host: without key, cookie or any header of the client, even from the API's own")]
    public async Task A_look_alike_host(string url)
    {
        var host = new RecordingHandler();
        using var files = new HttpClient(host);
        using var api = new HttpClient();
        using var client = new WanVideoClient(api, files, new WanVideoClientOptions { ApiKey = FaultFixture.Key });

        await client.DownloadAsync(Call.At(url), Stream.Null, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Matches("^User-Agent: Wan27.Sdk/[^\r\n]*\r?\n$", host.Headers);
    }

    [Theory]
    [InlineData("video/a HTTP/1.1\r\nHost: b\r\n\r\nDELETE /admin HTTP/1.1\r\nHost: b\r\n\r\n",
        "/video/a%20HTTP/1.1%0D%0AHost:%20b%0D%0A%0D%0ADELETE%20/admin%20HTTP/1.1%0D%0AHost:%20b%0D%0A%0D%0A")]
    [InlineData("video/a?b\r\nX-Evil: 1", "/video/a?b%0D%0AX-Evil:%201")]
    [InlineData("video/a\u202e%2F\u2028.mp4?c=%2B~\u00fc", "/video/a%E2%80%AE%2F%E2%80%A8.mp4?c=%2B~%C3%BC")]
    public async Task An_address_writes_no_request_and_no_line_of_the_log(string path, string target)
    {
        var verbatim = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        await using var fixture = FaultFixture.Start();
        var video = Call.At("https://cdn.example/") with { Videos = [new GeneratedVideo { Uri = new Uri($"{fixture.Server.Address}{path}", verbatim) }] };
        fixture.Server.Replacement = _ => Reply.Of(400, default);

        var error = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(video, Stream.Null, cancellationToken: token), TimeSpan.Zero);

        var request = Assert.Single(fixture.Server.Requests);
        Assert.Equal(("GET", target), (request.Method, request.Target));
        Assert.Null(request.Header("X-Evil"));
        Assert.DoesNotContain(error.Message, c => char.IsControl(c) || c is '\u202e' or '\u2028');
    }

    private static async Task AssertRefusedAsync(string url)
    {
        await using var fixture = FaultFixture.Start(options => options.BaseAddress = new Uri("https://api.aimlapi.com"));

        var error = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(Call.At(url), Stream.Null, cancellationToken: token), TimeSpan.Zero);

        Assert.Equal(FaultFixture.GenerationId, error.GenerationId);
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        public string Headers { get; private set; } = "none";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Headers = request.Headers.ToString();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(HostileServer.Video) });
        }
    }
}
