using static Wan27.Sdk.Benchmarks.Table;

namespace Wan27.Sdk.Benchmarks;

/// <summary>Measures the cost of downloading a video over sockets.</summary>
internal static class DownloadFigures
{
    /// <summary>So large that the start of curl takes almost none of its time.</summary>
    private const long LongVideo = 512L * Megabyte;

    private const string SharedMemory = "/dev/shm";

    public static async Task PrintAsync(LoopbackServer server)
    {
        var disk = Path.GetTempPath();
        var isShared = Directory.Exists(SharedMemory);
        using var downloads = new Downloads(server, isShared ? SharedMemory : disk);
        Row("allocated for a video of 64 MB", Bytes(await Measure.AllocatedAsync(() => downloads.SdkAsync(64 * Megabyte), 20)), "128 KB");
        Row("… that arrives slowly, a packet every 40 µs", Bytes(await Measure.AllocatedAsync(() => downloads.SdkAsync(64 * Megabyte, isSlow: true), 5)), "512 KB");
        var to = isShared ? "memory" : "disk";
        Row($"time for 512 MB to {to} ÷ `curl` (its start, {await StartAsync(downloads):P0}, included)", Ratio(await TimeAsync(downloads, downloads.CurlAsync)), "0.9");
        Row("… ÷ `CopyToAsync`", Ratio(await TimeAsync(downloads, downloads.CopyToAsync)));
        Row("… ÷ `GetByteArrayAsync`, `WriteAllBytesAsync`", Ratio(await TimeAsync(downloads, downloads.GetByteArrayAsync)));
        if (isShared && OperatingSystem.IsLinux())
        {
            using var onDisk = new Downloads(server, disk);
            Row("… to the disk and flushed ÷ `curl` and `sync`", Ratio(await TimeAsync(onDisk, onDisk.CurlAndSyncAsync)), "0.9");
        }
    }

    private static Task<double> TimeAsync(Downloads downloads, Func<long, Task> compared) =>
        Measure.RatioAsync(() => downloads.SdkAsync(LongVideo), () => compared(LongVideo), 15, downloads.Clear);

    /// <summary>The part of curl's time that its start takes.</summary>
    private static Task<double> StartAsync(Downloads downloads) =>
        Measure.RatioAsync(() => downloads.CurlAsync(64), () => downloads.CurlAsync(LongVideo), 5, downloads.Clear);
}
