using static Wan27.Sdk.Benchmarks.Table;

namespace Wan27.Sdk.Benchmarks;

/// <summary>The memory that the largest operations use in a process that has done nothing else.</summary>
internal static class MemoryFigures
{
    private const int LargeObjects = 3;

    public static async Task PrintAsync(LoopbackServer server)
    {
        using var downloads = new Downloads(server, Path.GetTempPath());
        var (live, large) = await LiveAsync(downloads);
        Row("live memory during a download of 10 GB; of which large objects", $"{Bytes(live)}; {Bytes(large)}", "1 MB; 0");
        using var submits = new Submits(server, TestImage.Write(20 * Megabyte));
        var (growth, collections) = await GrowthAsync(submits);
        Row("growth of memory in 16 concurrent submissions of 20 MB; gen-2 collections", $"{Bytes(growth)}; {collections}", "16 MB; 0");
    }

    private static async Task<(long Live, long Large)> LiveAsync(Downloads downloads)
    {
        await downloads.SdkToNowhereAsync(Megabyte);
        var (before, live) = (GC.GetTotalMemory(forceFullCollection: true), new List<long>());
        var (large, mostLarge) = (LargeBytes(), 0L);
        await downloads.SdkToNowhereAsync(10_000_000_000, new Watcher(() =>
        {
            live.Add(GC.GetTotalMemory(forceFullCollection: true) - before);
            mostLarge = Math.Max(mostLarge, LargeBytes() - large);
        }));
        return (live.Max(), mostLarge);
    }

    private static async Task<(long Bytes, int Collections)> GrowthAsync(Submits submits)
    {
        await submits.SdkAsync();
        GC.Collect();
        var (before, collections) = (Environment.WorkingSet, GC.CollectionCount(2));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => submits.SdkAsync()));
        return (Environment.WorkingSet - before, GC.CollectionCount(2) - collections);
    }

    // Read before the last full collection freed unreachable objects.
    private static long LargeBytes() => GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[LargeObjects].SizeBeforeBytes;

    private sealed class Watcher(Action look) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => look();
    }
}
