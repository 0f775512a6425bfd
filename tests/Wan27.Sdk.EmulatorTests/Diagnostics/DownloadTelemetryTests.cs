using System.Diagnostics;
using System.Net;
using Wan27.Sdk.EmulatorTests.Download;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Diagnostics;

public sealed class DownloadTelemetryTests
{
    private const int Length = 300_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_that_recovers_is_logged_with_its_bytes()
    {
        using var told = new Listening();
        using var fixture = new DownloadFixture(Length, told.Configure);
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));

        await fixture.DownloadAsync();

        Assert.Equal([300, 301, 303], told.Ids(3));
        Assert.StartsWith("The download of generation gen-1 is resumed after 100000 bytes: ", told.Entry(301).Message, StringComparison.Ordinal);
        Assert.StartsWith("The video of generation gen-1 is here: 300000 bytes in ", told.Entry(303).Message, StringComparison.Ordinal);
        Assert.Equal(Length, told.Of("wan27.network.io").Sum(one => one.Value));
        Assert.All(told.Of("wan27.network.io"), one => Assert.Equal("network.io.direction=receive", one.Tags));
        Assert.Equal([(1, "wan27.request=download")], told.Of("wan27.retries"));
        var span = Assert.Single(told.Spans);
        Assert.Equal(("wan27.download", ActivityStatusCode.Unset, true), (span.OperationName, span.Status, span.IsStopped));
        Assert.Equal("gen_ai.response.id=gen-1 http.response.status_code=206 wan27.bytes=300000", Listening.Print(span.TagObjects));
        Assert.Equal("wan27.retry", Assert.Single(span.Events).Name);
    }

    [Fact]
    public async Task A_download_that_starts_again_is_logged()
    {
        using var told = new Listening();
        using var fixture = new DownloadFixture(Length, told.Configure);
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Whole(change: response => response.Headers.ETag = new("\"v2\"")));

        await fixture.DownloadAsync();

        Assert.Contains(302, told.Ids(3));
        Assert.Equal(303, told.Ids(3).Last());
    }

    [Fact]
    public async Task A_download_that_fails_is_logged_without_its_query()
    {
        using var told = new Listening();
        using var fixture = new DownloadFixture(Length, told.Configure);
        fixture.Host.Replies.Enqueue(FilmHost.Status(HttpStatusCode.BadRequest));

        _ = await fixture.FailAsync();

        Assert.Equal([300, 304], told.Ids(3));
        Assert.Contains("responded with 400 for cdn.example/video.mp4", told.Entry(304).Message, StringComparison.Ordinal);
        var span = told.Span("wan27.download");
        Assert.Equal((ActivityStatusCode.Error, "Wan27.Sdk.WanDownloadException"), (span.Status, span.GetTagItem("error.type")));
        Assert.Null(Canaries.In(told.Everything));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_is_logged_when_it_is_closed(bool isReadToItsEnd)
    {
        using var told = new Listening();
        using var fixture = new DownloadFixture(Length, told.Configure);
        using var callers = new Activity("the caller's").Start();

        var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        Assert.False(told.Span("wan27.download").IsStopped);
        if (isReadToItsEnd)
            await video.CopyToAsync(Stream.Null, Cancellation);
        await video.DisposeAsync();

        Assert.Equal([300, isReadToItsEnd ? 303 : 305], told.Ids(3));
        Assert.True(told.Span("wan27.download").IsStopped);
        Assert.Same(callers, Activity.Current);
    }

    [Fact]
    public async Task A_canceled_download_is_logged_as_abandoned()
    {
        using var told = new Listening();
        using var fixture = new DownloadFixture(Length, told.Configure);

        _ = await Assert.ThrowsAsync<WanCanceledException>(
            () => fixture.Client.DownloadAsync(fixture.Generation, Stream.Null, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal([300, 305], told.Ids(3));
    }

    [Fact]
    public async Task A_video_is_downloaded_in_the_trace_of_its_generation()
    {
        using var told = new Listening();
        await using var fixture = await WanFixture.StartAsync(told.Configure);

        var generation = await fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        await fixture.Client.DownloadAsync(generation, Stream.Null, cancellationToken: Cancellation);

        var (whole, download) = (told.Spans[0], told.Span("wan27.download"));
        Assert.Equal((whole.TraceId, whole.SpanId), (download.TraceId, download.ParentSpanId));
    }
}
