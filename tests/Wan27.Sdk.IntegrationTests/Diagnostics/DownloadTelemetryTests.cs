using System.Diagnostics;
using System.Net;
using Wan27.Sdk.IntegrationTests.Download;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Diagnostics;

public sealed class DownloadTelemetryTests
{
    private const int Length = 300_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_that_recovers_is_logged_with_its_bytes()
    {
        using var telemetry = new TelemetryCapture();
        using var fixture = new DownloadFixture(Length, telemetry.Configure);
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));

        await fixture.DownloadAsync();

        Assert.Equal([300, 301, 303], telemetry.Ids(3));
        Assert.StartsWith("The download of generation gen-1 is resumed after 100000 bytes: ", telemetry.Entry(301).Message, StringComparison.Ordinal);
        Assert.StartsWith("The video of generation gen-1 is here: 300000 bytes in ", telemetry.Entry(303).Message, StringComparison.Ordinal);
        Assert.Equal(Length, telemetry.Of("wan27.network.io").Sum(one => one.Value));
        Assert.All(telemetry.Of("wan27.network.io"), one => Assert.Equal("network.io.direction=receive", one.Tags));
        Assert.Equal([(1, "wan27.request=download")], telemetry.Of("wan27.retries"));
        var span = Assert.Single(telemetry.Spans);
        Assert.Equal(("wan27.download", ActivityStatusCode.Unset, true), (span.OperationName, span.Status, span.IsStopped));
        Assert.Equal("gen_ai.response.id=gen-1 http.response.status_code=206 wan27.bytes=300000", TelemetryCapture.Print(span.TagObjects));
        Assert.Equal("wan27.retry", Assert.Single(span.Events).Name);
    }

    [Fact]
    public async Task A_download_that_starts_again_is_logged()
    {
        using var telemetry = new TelemetryCapture();
        using var fixture = new DownloadFixture(Length, telemetry.Configure);
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Complete(change: response => response.Headers.ETag = new("\"v2\"")));

        await fixture.DownloadAsync();

        Assert.Contains(302, telemetry.Ids(3));
        Assert.Equal(303, telemetry.Ids(3).Last());
    }

    [Fact]
    public async Task A_download_that_fails_is_logged_without_its_query()
    {
        using var telemetry = new TelemetryCapture();
        using var fixture = new DownloadFixture(Length, telemetry.Configure);
        fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.BadRequest));

        _ = await fixture.FailAsync();

        Assert.Equal([300, 304], telemetry.Ids(3));
        Assert.Contains("responded with 400 for cdn.example/video.mp4", telemetry.Entry(304).Message, StringComparison.Ordinal);
        var span = telemetry.Span("wan27.download");
        Assert.Equal((ActivityStatusCode.Error, "Wan27.Sdk.WanDownloadException"), (span.Status, span.GetTagItem("error.type")));
        Assert.Null(KnownSecrets.In(telemetry.Everything));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_is_logged_when_it_is_closed(bool isReadToItsEnd)
    {
        using var telemetry = new TelemetryCapture();
        using var fixture = new DownloadFixture(Length, telemetry.Configure);
        using var callers = new Activity("the caller's").Start();

        var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        Assert.False(telemetry.Span("wan27.download").IsStopped);
        if (isReadToItsEnd)
            await video.CopyToAsync(Stream.Null, Cancellation);
        await video.DisposeAsync();

        Assert.Equal([300, isReadToItsEnd ? 303 : 305], telemetry.Ids(3));
        Assert.True(telemetry.Span("wan27.download").IsStopped);
        Assert.Same(callers, Activity.Current);
    }

    [Fact]
    public async Task A_canceled_download_is_logged_as_abandoned()
    {
        using var telemetry = new TelemetryCapture();
        using var fixture = new DownloadFixture(Length, telemetry.Configure);

        _ = await Assert.ThrowsAsync<WanCanceledException>(
            () => fixture.Client.DownloadAsync(fixture.Generation, Stream.Null, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal([300, 305], telemetry.Ids(3));
    }

    [Fact]
    public async Task A_video_is_downloaded_in_the_trace_of_its_generation()
    {
        using var telemetry = new TelemetryCapture();
        await using var fixture = await WanFixture.StartAsync(telemetry.Configure);

        var generation = await fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        await fixture.Client.DownloadAsync(generation, Stream.Null, cancellationToken: Cancellation);

        var (root, download) = (telemetry.Spans[0], telemetry.Span("wan27.download"));
        Assert.Equal((root.TraceId, root.SpanId), (download.TraceId, download.ParentSpanId));
    }
}
