using System.Net;
using System.Security.Cryptography;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class RefusedVideoTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("<!doctype html><html><body>Please wait while your video is prepared.</body></html>")]
    [InlineData("""{"error":"not found"}""")]
    [InlineData("")]
    public async Task A_page_in_place_of_a_video_never_gets_its_name(string page)
    {
        fixture.Host.Video = System.Text.Encoding.UTF8.GetBytes(page);

        Assert.Contains("not a complete video", (await fixture.FailAsync()).Message, StringComparison.Ordinal);

        Assert.False(File.Exists(fixture.Target));
        Assert.Single(fixture.Host.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Half_a_video_with_a_correct_length_or_none_is_fetched_again(bool hasLength)
    {
        fixture.Host.Tag = null;
        fixture.Host.Replies.Enqueue(fixture.Host.Complete(fixture.Host.Video[..150_000], hasLength));
        fixture.Host.Replies.Enqueue(fixture.Host.Complete(hasLength: hasLength));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }

    [Fact]
    public async Task Half_a_video_in_every_response_is_an_error()
    {
        fixture.Host.Video = fixture.Host.Video[..150_000];

        Assert.Contains("ends within a box", (await fixture.FailAsync()).Message, StringComparison.Ordinal);

        Assert.False(File.Exists(fixture.Target));
        Assert.Equal(6, fixture.Host.Requests.Count);
    }

    [Fact]
    public async Task Half_a_video_without_a_length_is_resumed_under_its_tag()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Complete(fixture.Host.Video[..150_000], hasLength: false));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([null, 150_000], fixture.Host.Starts);
    }

    [Fact]
    public async Task A_video_of_unknown_length_is_an_error_unless_it_is_chunked()
    {
        (fixture.Host.Video, fixture.Host.Tag) = (TestVideo.OpenEnded(300_000), null);
        fixture.Host.Replies.Enqueue(fixture.Host.Complete(hasLength: false));
        Assert.Contains("where the file ends", (await fixture.FailAsync()).Message, StringComparison.Ordinal);

        fixture.Host.Replies.Enqueue(fixture.Host.Complete(hasLength: false, change: response => response.Headers.TransferEncodingChunked = true));
        await fixture.DownloadAsync();
        fixture.AssertComplete();
    }

    [Fact]
    public async Task Bytes_beyond_the_requested_part_are_not_kept()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(request =>
        {
            var response = fixture.Host.Serve(request);
            response.Content = new ByteArrayContent([.. fixture.Host.Video[100_000..], 0, 0, 0, 8, .. "free"u8]) { Headers = { ContentRange = response.Content.Headers.ContentRange } };
            return response;
        });

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("identity", true)]
    public async Task A_content_coding_that_was_not_requested_is_an_error(string coding, bool isTaken)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Complete(change: response => response.Content.Headers.ContentEncoding.Add(coding)));

        Assert.Equal(isTaken, await Record.ExceptionAsync(() => fixture.DownloadAsync()) is null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_digest_is_checked_over_resumed_pieces(bool isRight)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        var digest = Convert.ToHexString(SHA256.HashData(isRight ? fixture.Host.Video : [1])).ToLowerInvariant();

        if (isRight)
            await fixture.DownloadAsync(new DownloadOptions { Sha256 = digest });
        else
            Assert.Contains("SHA-256", (await fixture.FailAsync(new DownloadOptions { Sha256 = digest })).Message, StringComparison.Ordinal);

        Assert.Equal(isRight, File.Exists(fixture.Target));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, 1)]
    [InlineData(HttpStatusCode.InternalServerError, 6)]
    public async Task A_host_that_keeps_refusing_is_an_error_with_its_status(HttpStatusCode status, int requests)
    {
        for (var i = 0; i < 10; i++)
            fixture.Host.Replies.Enqueue(VideoFileHost.Status(status));

        var failure = await fixture.FailAsync();

        Assert.Contains($"{(int)status} for cdn.example/video.mp4", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("signature", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(requests, fixture.Host.Requests.Count);
    }
}
