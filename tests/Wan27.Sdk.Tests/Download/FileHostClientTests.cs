using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>The requests to the host of a file, and how its response is handled.</summary>
public sealed class FileHostClientTests : IDisposable
{
    private static readonly RangeConditionHeaderValue Tag = new("\"a\"");

    private readonly HostHandler handler = new();
    private readonly HttpClient http;
    private readonly FileHostClient host;

    public FileHostClientTests()
    {
        http = new HttpClient(handler);
        var telemetry = new ClientTelemetry(new WanVideoClientOptions { ApiKey = ScriptedService.Key });
        host = new FileHostClient(() => http, new DownloadPolicy(AllowPrivate: false, AllowLoopback: false), telemetry);
    }

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData(5, true, "bytes=5-", "\"a\"")]
    [InlineData(0, true, null, null)]
    [InlineData(5, false, null, null)]
    public async Task A_range_is_requested_after_the_bytes_of_a_file_with_a_tag(int offset, bool hasTag, string? range, string? tag)
    {
        using var response = await OpenAsync(offset, hasTag ? Tag : null);

        Assert.Equal((range, tag), (handler.Requests[0].Headers.Range?.ToString(), handler.Requests[0].Headers.IfRange?.ToString()));
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(206, 5)]
    [InlineData(416, 5)]
    public async Task A_file_or_the_rest_of_one_is_returned(int status, int offset)
    {
        handler.Respond = _ => new HttpResponseMessage((HttpStatusCode)status);

        using var response = await OpenAsync(offset, Tag);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(416, null)]
    [InlineData(302, null)]
    [InlineData(400, "https://cdn.example/other.mp4")]
    [InlineData(299, "https://cdn.example/other.mp4")]
    public async Task A_response_that_is_not_a_file_is_reported_without_the_signature(int status, string? location)
    {
        handler.Respond = _ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status);
            response.Headers.Location = location is null ? null : new(location);
            return response;
        };

        var fault = await Assert.ThrowsAsync<DownloadFaultException>(() => OpenAsync(0, Tag));

        Assert.Equal($"The file host responded with {status} for cdn.example/video.mp4.", fault.Message);
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(399)]
    public async Task At_most_5_redirects_are_followed(int status)
    {
        handler.Respond = request =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status);
            response.Headers.Location = new($"{handler.Requests.Count}.mp4", UriKind.Relative);
            return response;
        };

        var fault = await Assert.ThrowsAsync<DownloadFaultException>(() => OpenAsync(0, null));

        Assert.Equal(("The file host redirects more than 5 times.", DownloadRemedy.None), (fault.Message, fault.Remedy));
        Assert.Equal(["/video.mp4", "/1.mp4", "/2.mp4", "/3.mp4", "/4.mp4", "/5.mp4"], handler.Requests.Select(request => request.RequestUri!.AbsolutePath));
    }

    [Fact]
    public async Task A_redirect_to_a_refused_address_is_not_requested()
    {
        handler.Respond = _ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Found);
            response.Headers.Location = new("http://cdn.example/video.mp4");
            return response;
        };

        await Assert.ThrowsAsync<WanDownloadException>(() => OpenAsync(0, null));

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task An_unreachable_host_is_tried_again_and_a_refused_one_is_not()
    {
        var (cut, refusal) = (new HttpRequestException(HttpRequestError.NameResolutionError), new WanDownloadException("private"));

        handler.Respond = _ => throw cut;
        var fault = await Assert.ThrowsAsync<DownloadFaultException>(() => OpenAsync(0, null));
        handler.Respond = _ => throw new HttpRequestException("refused", refusal);
        var refused = await Assert.ThrowsAsync<WanDownloadException>(() => OpenAsync(0, null));

        Assert.Equal(
            ("The file host cdn.example cannot be reached: HttpRequestException (NameResolutionError).", DownloadRemedy.Retry), (fault.Message, fault.Remedy));
        Assert.Same(refusal, refused);
    }

    [Theory]
    [InlineData("https://cdn.example/a%2Fb~c.mp4?sig=a%2Bb%3D&x=%7e", "/a%2Fb~c.mp4?sig=a%2Bb%3D&x=%7e")]
    [InlineData("https://cdn.example/a HTTP/1.1\r\nHost: b\r\n\r\nDELETE /admin HTTP/1.1?q", "/a%20HTTP/1.1%0D%0AHost:%20b%0D%0A%0D%0ADELETE%20/admin%20HTTP/1.1?q")]
    [InlineData("https://cdn.example/a?b\nc\0\t\u007f", "/a?b%0Ac%00%09%7F")]
    [InlineData("https://cdn.example/\u202e\u00fc?\ud83e\udd8a", "/%E2%80%AE%C3%BC?%F0%9F%A6%8A")]
    public async Task An_address_is_sent_unchanged_except_characters_that_cannot_be_sent(string url, string target)
    {
        var address = new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var response = await host.OpenAsync(address, 0, null, TestContext.Current.CancellationToken);

        Assert.Equal($"https://cdn.example{target}", Assert.Single(handler.Requests).RequestUri!.ToString());
        Assert.Equal(target, handler.Requests[0].RequestUri!.PathAndQuery);
    }

    [Theory]
    [InlineData("/b c\u00e9?q=\u202e")]
    [InlineData("https://cdn.example/b c\u00e9?q=\u202e")]
    public async Task A_redirect_is_encoded_as_the_first_address_is(string location)
    {
        handler.Respond = _ =>
        {
            if (handler.Requests.Count > 1)
                return new HttpResponseMessage();
            var response = new HttpResponseMessage(HttpStatusCode.Found);
            response.Headers.Location = new(location, UriKind.RelativeOrAbsolute);
            return response;
        };

        using var response = await OpenAsync(0, null);

        Assert.Equal("/b%20c%C3%A9?q=%E2%80%AE", handler.Requests[1].RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task Quotes_of_the_transport_are_not_repeated()
    {
        var quoting = new HttpRequestException(HttpRequestError.InvalidResponse, "'HTTP/1.1 2OO signature=s'", new FormatException("signature=s"));
        foreach (var thrown in new Exception[] { quoting, new IOException("signature=s", quoting), new FormatException("signature=s") })
        {
            handler.Respond = _ => throw thrown;

            var fault = await Assert.ThrowsAsync<DownloadFaultException>(() => OpenAsync(0, null));

            Assert.DoesNotContain("signature", fault.ToString(), StringComparison.Ordinal);
            Assert.Equal(DownloadRemedy.Retry, fault.Remedy);
        }
    }

    private Task<HttpResponseMessage> OpenAsync(long offset, RangeConditionHeaderValue? tag) =>
        host.OpenAsync(new("https://cdn.example/video.mp4?signature=s"), offset, tag, TestContext.Current.CancellationToken);

    private sealed class HostHandler : HttpMessageHandler
    {
        public List<HttpRequestMessage> Requests { get; } = [];

        public Func<HttpRequestMessage, HttpResponseMessage> Respond { get; set; } = _ => new HttpResponseMessage();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(Respond(request));
        }
    }
}
