using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class RestartedDownloadTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_video_starts_again_if_the_host_ignores_the_range()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Complete());

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([null, 100_000, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task A_video_starts_again_if_the_host_has_another_version()
    {
        var host = fixture.Host;
        host.Replies.Enqueue(host.Cut(100_000));
        host.Replies.Enqueue(request =>
        {
            (host.Video, host.Tag) = (TestVideo.Of(310_000, seed: 2), "\"v2\"");
            return host.Serve(request);
        });

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }

    [Theory]
    [InlineData("bytes 99999-299999/300000", "\"v1\"")]
    [InlineData("bytes 100001-299999/300000", "\"v1\"")]
    [InlineData("bytes 100000-299998/299999", "\"v1\"")]
    [InlineData("pages 100000-299999/300000", "\"v1\"")]
    [InlineData("bytes 100000-299999/300000", "\"v2\"")]
    [InlineData("bytes 100000-299999/300000", "W/\"v1\"")]
    [InlineData("bytes 100000-299999/300000", null)]
    [InlineData(null, "\"v1\"")]
    public async Task A_part_of_another_position_or_version_is_never_joined(string? range, string? tag)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.PartialContent, response =>
        {
            response.Content = new ByteArrayContent(new byte[200_000]);
            response.Content.Headers.ContentRange = range is null ? null : ContentRangeHeaderValue.Parse(range);
            response.Headers.ETag = tag is null ? null : EntityTagHeaderValue.Parse(tag);
        }));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([null, 100_000, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task Without_a_strong_tag_a_video_starts_again()
    {
        fixture.Host.Tag = "W/\"v1\"";
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([null, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task A_version_that_changes_before_the_first_byte_is_remembered()
    {
        var (host, second) = (fixture.Host, TestVideo.Of(300_000, seed: 2));
        var first = host.Video;
        host.Replies.Enqueue(host.Cut(0));
        host.Replies.Enqueue(request =>
        {
            (host.Video, host.Tag) = (second, "\"v2\"");
            return host.Cut(100_000)(request);
        });
        for (var i = 0; i < 5; i++)
            host.Replies.Enqueue(host.Cut(0));
        _ = await fixture.FailAsync();
        (host.Video, host.Tag) = (first, "\"v1\"");

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }
}
