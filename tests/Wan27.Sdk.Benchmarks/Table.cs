using System.Globalization;
using System.Runtime.InteropServices;

namespace Wan27.Sdk.Benchmarks;

/// <summary>The figures of the README, measured in one run.</summary>
internal static class Table
{
    private const int Megabyte = 1024 * 1024;

    public static async Task PrintAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}\n");
        Console.WriteLine("| figure | measured | at most |\n|---|---|---|");
        using var server = new LoopbackServer();
        using var large = new Submits(server, Picture.Write(20 * Megabyte));
        using var small = new Submits(server, Picture.Write(Megabyte));
        var allocated = await Measure.AllocatedAsync(large.SdkAsync, 20);
        Row("allocated per submit of a 20 MB picture", $"{allocated:N0} B", "24,576 B");
        Row("… ÷ that of 1 MB", Ratio(allocated, await Measure.AllocatedAsync(small.SdkAsync, 20)), "1.25");
        Row("time ÷ sending the same bytes ready-made", Ratio(await Measure.RatioAsync(large.SdkAsync, large.ReadyMadeAsync, 60)), "1.15");
        Row("time ÷ PostAsJson with source generation", Ratio(await Measure.RatioAsync(large.SdkAsync, large.SourceGeneratedAsync, 12)), "0.33");
        Row("time ÷ Refit", Ratio(await Measure.RatioAsync(large.SdkAsync, large.RefitAsync, 12)), "0.33");
        Row("time ÷ hand-written naive", Ratio(await Measure.RatioAsync(large.SdkAsync, large.NaiveAsync, 12)), "0.1");
        Row("bytes on the wire ÷ default JsonSerializer", Ratio(await BytesAsync(server, large.SdkAsync), await BytesAsync(server, large.NaiveAsync)), "0.93");
        Row("growth of memory, 16 × 20 MB at once", $"{await GrowthAsync(large):N1} MB", "16 MB");
        await PrintWaitsAsync();
    }

    private static async Task PrintWaitsAsync()
    {
        using var server = new LoopbackServer();
        using var polls = new Polls(server);
        using var waits = new Waits(server);
        Row("allocated per poll", $"{await Measure.AllocatedAsync(polls.SdkAsync, 4_000):N0} B", "2,600 B");
        Row("time ÷ bare HttpClient with source generation", Ratio(await Measure.RatioAsync(polls.SdkAsync, polls.BareAsync, 4_000)), "1.15");
        Row("live heap per wait, 10,000 at once", $"{await waits.LiveBytesAsync():N0} B", "600 B");
        var (connections, growth) = await waits.HerdAsync();
        Row("… connections when all of them poll", $"{connections}", "64");
        Row("… growth of memory then", $"{growth:N1} MB", "64 MB");
    }

    private static async Task<long> BytesAsync(LoopbackServer server, Func<Task> call)
    {
        var before = server.BytesReceived;
        await call();
        return server.BytesReceived - before;
    }

    private static async Task<double> GrowthAsync(Submits submits)
    {
        GC.Collect();
        var (before, fullCollections) = (Environment.WorkingSet, GC.CollectionCount(2));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => submits.SdkAsync()));
        var growth = (Environment.WorkingSet - before) / (double)Megabyte;
        return GC.CollectionCount(2) == fullCollections ? growth : double.NaN;
    }

    private static void Row(string figure, string measured, string limit) => Console.WriteLine($"| {figure} | {measured} | {limit} |");

    private static string Ratio(double ours, double theirs = 1) => (ours / theirs).ToString("F3", CultureInfo.InvariantCulture);
}
