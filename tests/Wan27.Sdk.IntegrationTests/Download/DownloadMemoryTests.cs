using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

/// <summary>Counts bytes while the process does nothing else.</summary>
[CollectionDefinition(nameof(DownloadMemoryTests), DisableParallelization = true)]
[Collection(nameof(DownloadMemoryTests))]
public sealed class DownloadMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const int LargeObjects = 3;

    private static readonly bool IsUnoptimized =
        typeof(WanVideoClient).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private readonly IDisposable silence = SuiteListener.Pause();
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        folder.Dispose();
        silence.Dispose();
    }

    [Theory]
    [InlineData(Megabyte, false, 128 * 1024)]
    [InlineData(1_400, true, 512 * 1024)]
    public async Task A_video_of_64_megabytes_allocates_little_from_a_fast_host_and_from_a_slow_one(int piece, bool isSlow, int most)
    {
        Assert.SkipWhen(IsUnoptimized, "Without optimization every call of an async method allocates: run with -c Release.");
        var least = long.MaxValue;
        for (var run = 0; run < 4; run++)
        {
            using var client = Client(64 * Megabyte, piece, isSlow);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await client.DownloadToFileAsync(Video, Path.Combine(folder.Path, $"{run}.mp4"), cancellationToken: Cancellation);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"64 MB in pieces of {piece} bytes: {least} bytes allocated"));
        Assert.InRange(least, 0, most);
    }

    [Fact]
    public async Task A_video_of_10_gigabytes_needs_less_than_a_megabyte_and_no_large_object()
    {
        using var client = Client(10_000_000_000, Megabyte, isSlow: true);
        await client.DownloadAsync(Video, Stream.Null, Unlimited, Cancellation);
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        var (large, mostLarge, reports) = (LargeBytes(), 0L, 0);
        var options = Unlimited with
        {
            Progress = new Recorder<TransferProgress>(_ =>
            {
                reports++;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
                mostLarge = Math.Max(mostLarge, LargeBytes());
            }),
        };

        await client.DownloadAsync(Video, Stream.Null, options, Cancellation);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"10 GB: {most - before} bytes more at most, {mostLarge - large} of large objects, in {reports} reports"));
        Assert.InRange(most - before, long.MinValue, Megabyte);
        Assert.InRange(mostLarge - large, long.MinValue, 0);
        Assert.InRange(reports, 2, int.MaxValue);
    }

    // Read before the last collection frees unreachable objects, so that short-lived objects are counted too.
    private static long LargeBytes() => GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[LargeObjects].SizeBeforeBytes;

    private static DownloadOptions Unlimited => new() { MaxBytes = long.MaxValue };

    private static VideoGeneration Video => DownloadFixture.At("https://cdn.example/video.mp4");

    private static WanVideoClient Client(long length, int piece, bool isSlow) => new(
        new HttpClient(),
        new HttpClient(new EndlessHost(length, piece, isSlow)),
        new WanVideoClientOptions { ApiKey = "a-key" });

    private sealed class EndlessHost(long length, int piece, bool isSlow) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(new GeneratedVideoStream(length, piece, isSlow));
            content.Headers.ContentLength = length;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }
}
