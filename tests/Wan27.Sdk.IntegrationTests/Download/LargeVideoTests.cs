using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class LargeVideoTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_video_above_the_limit_is_not_downloaded_completely(bool hasLength)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Complete(hasLength: hasLength));

        var failure = await fixture.FailAsync(new DownloadOptions { MaxBytes = 120_000 });

        Assert.Contains("120000", failure.Message, StringComparison.Ordinal);
        Assert.InRange(fixture.Host.Sent, 0, hasLength ? 0 : 250_000);
        Assert.False(File.Exists(fixture.Target));
        Assert.InRange(new FileInfo(fixture.Part).Length, 0, 120_000);
        await fixture.DownloadAsync(new DownloadOptions { MaxBytes = 300_000 });
        fixture.AssertComplete();
    }

    [Fact]
    public async Task The_limit_applies_to_a_complete_part_of_an_earlier_process()
    {
        await File.WriteAllBytesAsync(fixture.Part, fixture.Host.Video, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(fixture.Part + ".tag", "gen-1\n\"v1\"\n", TestContext.Current.CancellationToken);

        _ = await fixture.FailAsync(new DownloadOptions { MaxBytes = 299_999 });

        Assert.False(File.Exists(fixture.Target));
    }
}
