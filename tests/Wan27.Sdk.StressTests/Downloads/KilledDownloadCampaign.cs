using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Wan27.Sdk.StressTests.Downloads;

/// <summary>Processes that are killed while they download.</summary>
public sealed class KilledDownloadCampaign(ITestOutputHelper output)
{
    private const int Length = 2_000_000;

    private static readonly int Kills = CampaignSize.Of(60, divisor: 20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    [Fault(138, "Download", "No file under the video's name until it is complete; the next process resumes")]
    public async Task A_killed_process_leaves_no_partial_video_under_its_name_and_the_next_resumes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(27);
        using var folder = new TemporaryFolder();
        var (killed, resumed, finished, again, videos) = (0, 0, 0, 0L, 0);
        while (killed < Kills)
        {
            using var server = new VideoFileServer(TestVideo.Of(Length, videos));
            var target = Path.Combine(folder.Path, $"{videos++}.mp4");
            for (var deaths = random.Next(3, 12); deaths > 0 && killed < Kills && !File.Exists(target); deaths--)
            {
                var before = Kept(target);
                // One of four processes is killed at the very end, when the video gets its name.
                await KillAsync(server, target, deaths % 4 == 0 ? Length : random.Next(0, Length / 4), random.NextDouble());
                killed++;
                Assert.Equal(before, server.Starts.Last());
                resumed += before > 0 ? 1 : 0;
                if (File.Exists(target))
                    finished++;
            }

            if (!File.Exists(target))
                Assert.Equal(0, await RunAsync(server, target));
            Assert.True((await File.ReadAllBytesAsync(target, cancellation)).AsSpan().SequenceEqual(server.Video));
            again += server.Sent - Length;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{killed} killed, {videos} videos, {resumed} resumed, {finished} had finished, 0 partial, {again / (double)videos / Length:P1} fetched again"));
        Assert.True(resumed > killed / 2);
    }

    /// <param name="server">The host of the video.</param>
    /// <param name="target">The destination file.</param>
    /// <param name="after">The number of bytes that are sent to the process.</param>
    /// <param name="part">The minimum part of them that it has written when it is killed.</param>
    private static async Task KillAsync(VideoFileServer server, string target, int after, double part)
    {
        Process? process = null;
        var started = new TaskCompletionSource();
        server.CutAfter(after, isReset: true, () =>
        {
            started.Task.Wait(Cancellation);
            var written = server.Starts.Last() + (long)(part * Math.Min(after, Length - server.Starts.Last()));
            SpinWait.SpinUntil(() => process!.HasExited || File.Exists(target) || Written(target) >= written);
            process!.Kill();
        });
        using var _ = process = DownloadVictimProcess.Start(server, target);
        started.SetResult();
        await process.WaitForExitAsync(Cancellation);
    }

    private static async Task<int> RunAsync(VideoFileServer server, string target)
    {
        using var process = DownloadVictimProcess.Start(server, target);
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode;
    }

    private static int Kept(string target) => File.Exists(target + ".part.tag") ? (int)Written(target) : 0;

    private static long Written(string target) => new FileInfo(target + ".part") is { Exists: true } part ? part.Length : 0;
}
