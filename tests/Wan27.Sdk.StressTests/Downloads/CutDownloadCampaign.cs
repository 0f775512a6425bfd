using System.Globalization;
using Xunit;

namespace Wan27.Sdk.StressTests.Downloads;

/// <summary>Connections that are cut at random bytes of videos with a strong tag.</summary>
public sealed class CutDownloadCampaign(ITestOutputHelper output)
{
    private const int Length = 300_000;

    [Fact(Timeout = 900_000)]
    public async Task Five_thousand_cuts_corrupt_no_video_and_fetch_almost_nothing_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var total = CampaignSize.Of(5_000);
        var random = new Random(27);
        var (cuts, videos, sent) = (0, 0, 0L);
        for (; cuts < total; videos++)
        {
            using var fixture = new DownloadFixture(Length);
            for (var left = Length; left > 1 && cuts < total; cuts++)
            {
                var after = random.Next(1, Math.Min(left, 60_000));
                left -= after;
                fixture.Host.Replies.Enqueue(fixture.Host.Cut(after, (BodyEnding)random.Next(3)));
            }

            cancellation.ThrowIfCancellationRequested();
            await fixture.DownloadAsync();

            fixture.AssertComplete();
            sent += fixture.Host.Sent;
        }

        Report("in process", cuts, videos, sent);
    }

    [Fact(Timeout = 900_000)]
    public async Task Three_hundred_cuts_of_sockets_corrupt_no_video_and_fetch_little_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var total = CampaignSize.Of(300);
        var random = new Random(27);
        using var folder = new TemporaryFolder();
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "a-key", LoggerFactory = WatchedLoggers.Instance, AllowPrivateDownloads = true, TimeProvider = new DownloadClock() });
        var (cuts, videos, sent) = (0, 0, 0L);
        for (; cuts < total; videos++)
        {
            using var server = new VideoFileServer(TestVideo.Of(Length, videos));
            for (var i = 0; i < 10; i++, cuts++)
                server.CutAfter(random.Next(1, 28_000), isReset: i % 2 == 0);
            var target = Path.Combine(folder.Path, $"{videos}.mp4");

            await client.DownloadToFileAsync(
                DownloadFixture.At($"http://127.0.0.1:{server.Port}/video.mp4"), target, cancellationToken: cancellation);

            Assert.True((await File.ReadAllBytesAsync(target, cancellation)).AsSpan().SequenceEqual(server.Video));
            Assert.Equal(11, server.Heads.Count);
            sent += server.Sent;
        }

        Report("over sockets, half of them by RST, which drops what was on its way", cuts, videos, sent, limit: null);
    }

    private void Report(string where, int cuts, int videos, long sent, double? limit = 0.05)
    {
        var again = (double)(sent - ((long)videos * Length)) / ((long)videos * Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cuts} cuts {where}: {videos} videos, 0 corrupt, {again:P2} fetched again"));
        if (limit is { } most)
            Assert.InRange(again, 0, most);
    }
}
