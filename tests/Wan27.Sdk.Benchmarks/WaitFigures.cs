using static Wan27.Sdk.Benchmarks.Table;

namespace Wan27.Sdk.Benchmarks;

/// <summary>Measures the cost of a poll, and of ten thousand waits at once.</summary>
internal static class WaitFigures
{
    public static async Task PrintAsync()
    {
        using var server = new LoopbackServer();
        using var polls = new Polls(server);
        using var waits = new Waits(server);
        Row("live heap per wait, 10,000 at once", $"{await waits.LiveBytesAsync():N0} B", "1.5 KB");
        var (connections, growth) = await waits.HerdAsync();
        Row("… connections when all of them poll", $"{connections}", "64");
        Row("… growth of memory then", Bytes(growth), "64 MB");
        Row("allocated per poll", $"{await Measure.AllocatedAsync(polls.SdkAsync, 4_000):N0} B", "5 KB");
        Row("time ÷ bare `HttpClient` with source generation", Ratio(await Measure.RatioAsync(polls.SdkAsync, polls.BareAsync, 4_000)), "1.15");
    }
}
