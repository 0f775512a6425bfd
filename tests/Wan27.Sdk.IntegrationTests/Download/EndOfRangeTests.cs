using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class EndOfRangeTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_complete_part_of_an_earlier_process_is_only_renamed()
    {
        await LeaveAsync(fixture.Host.Video);

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([300_000], fixture.Host.Starts);
        Assert.Equal(0, fixture.Host.Sent);
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_001)]
    [InlineData(null)]
    public async Task An_end_at_another_position_means_another_video(int? total)
    {
        await LeaveAsync(fixture.Host.Video);
        fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.RequestedRangeNotSatisfiable, response =>
            response.Content.Headers.ContentRange = total is { } length ? new ContentRangeHeaderValue(length) : null));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([300_000, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task An_end_in_another_version_means_another_video()
    {
        await LeaveAsync(TestVideo.Of(300_000, seed: 2));
        fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.RequestedRangeNotSatisfiable, response =>
        {
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(300_000);
            response.Headers.ETag = new EntityTagHeaderValue("\"v2\"");
        }));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_part_under_a_wrong_tag_is_fetched_again_if_the_digest_differs()
    {
        await LeaveAsync(TestVideo.Of(300_000, seed: 2));

        await fixture.DownloadAsync(new DownloadOptions { Sha256 = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(fixture.Host.Video)) });

        fixture.AssertComplete();
        Assert.Equal([300_000, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task A_part_of_an_earlier_process_that_is_not_a_video_is_fetched_again()
    {
        await LeaveAsync("<html>not a video</html>"u8.ToArray());

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }

    private async Task LeaveAsync(byte[] bytes)
    {
        await File.WriteAllBytesAsync(fixture.Part, bytes, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(fixture.Part + ".tag", "gen-1\n\"v1\"\n", TestContext.Current.CancellationToken);
    }
}
