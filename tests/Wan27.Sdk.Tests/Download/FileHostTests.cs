using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>What is asked of the host of a file, and what becomes of its answer.</summary>
public sealed class FileHostTests : IDisposable
{
    private static readonly EntityTagHeaderValue Tag = new("\"a\"");

    private readonly HostHandler handler = new();
    private readonly HttpClient http;
    private readonly FileHost host;

    public FileHostTests()
    {
        http = new HttpClient(handler);
        var telemetry = new ClientTelemetry(new WanVideoClientOptions { ApiKey = ScriptedService.Key });
        host = new FileHost(() => http, new DownloadPolicy(AllowPrivate: false, AllowLoopback: false), telemetry);
    }

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData(5, true, "bytes=5-", "\"a\"")]
    [InlineData(0, true, null, null)]
    [InlineData(5, false, null, null)]
    public async Task A_range_is_asked_for_behind_bytes_of_a_file_with_a_tag(int offset, bool hasTag, string? range, string? tag)
    {
        using var response = await OpenAsync(offset, hasTag ? Tag : null);

        Assert.Equal((range, tag), (handler.Requests[0].Headers.Range?.ToString(), handler.Requests[0].Headers.IfRange?.ToString()));
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(206, 5)]
    [InlineData(416, 5)]
    public async Task What_is_a_file_or_the_end_of_one_is_given(int status, int offset)
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
    public async Task What_is_none_is_told_without_the_signature(int status, string? location)
    {
        handler.Respond = _ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status);
            response.Headers.Location = location is null ? null : new(location);
            return response;
        };

        var fault = await Assert.ThrowsAsync<DownloadFaultException>(() => OpenAsync(0, Tag));

        Assert.Equal($"The video's host answered {status} for cdn.example/film.mp4.", fault.Message);
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

        Assert.Equal(("The video's host redirects more than 5 times.", DownloadRemedy.None), (fault.Message, fault.Remedy));
        Assert.Equal(["/film.mp4", "/1.mp4", "/2.mp4", "/3.mp4", "/4.mp4", "/5.mp4"], handler.Requests.Select(request => request.RequestUri!.AbsolutePath));
    }

    [Fact]
    public async Task A_redirect_to_where_we_do_not_go_is_refused_unasked()
    {
        handler.Respond = _ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Found);
            response.Headers.Location = new("http://cdn.example/film.mp4");
            return response;
        };

        await Assert.ThrowsAsync<WanDownloadException>(() => OpenAsync(0, null));

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_tried_again_and_one_that_we_do_not_go_to_is_not()
    {
        var (cut, refusal) = (new HttpRequestException(HttpRequestError.NameResolutionError), new WanDownloadException("private"));

        handler.Respond = _ => throw cut;
        var fault = await Assert.ThrowsAsync<DownloadFaultException>(() => OpenAsync(0, null));
        handler.Respond = _ => throw new HttpRequestException("refused", refusal);
        var refused = await Assert.ThrowsAsync<WanDownloadException>(() => OpenAsync(0, null));

        Assert.Equal(
            ("The video's host cdn.example cannot be reached: NameResolutionError.", DownloadRemedy.Retry, cut), (fault.Message, fault.Remedy, fault.InnerException));
        Assert.Same(refusal, refused);
    }

    private Task<HttpResponseMessage> OpenAsync(long offset, EntityTagHeaderValue? tag) =>
        host.OpenAsync(new("https://cdn.example/film.mp4?signature=s"), offset, tag, TestContext.Current.CancellationToken);

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
