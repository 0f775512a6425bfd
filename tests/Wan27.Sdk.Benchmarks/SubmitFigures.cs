using static Wan27.Sdk.Benchmarks.Table;

namespace Wan27.Sdk.Benchmarks;

/// <summary>What it costs to submit a picture of 20 MB.</summary>
internal static class SubmitFigures
{
    public static async Task PrintAsync(LoopbackServer server)
    {
        using var large = new Submits(server, Picture.Write(20 * Megabyte));
        using var small = new Submits(server, Picture.Write(Megabyte));
        var allocated = await Measure.AllocatedAsync(large.SdkAsync, 100);
        Row("allocated per submit of a 20 MB picture", Bytes(allocated), "24 KB");
        Row("… ÷ that of a 1 MB picture", Ratio((double)allocated / await Measure.AllocatedAsync(small.SdkAsync, 100)), "1.25");
        Row("bytes on the wire ÷ default `JsonSerializer`", $"{await BytesAsync(server, large.SdkAsync) / await BytesAsync(server, large.NaiveAsync):F3}", "0.93");
        Row("time ÷ sending the same bytes ready-made", Ratio(await Measure.RatioAsync(large.SdkAsync, large.ReadyMadeAsync, 300)), "1.15");
        using var windowed = new LoopbackServer(512 * 1024);
        using var wire = new Submits(windowed, Picture.Write(20 * Megabyte));
        Row("… to a server with a window of 512 KB, as on a wire", Ratio(await Measure.RatioAsync(wire.SdkAsync, wire.ReadyMadeAsync, 300)), "1.15");
        Row("time ÷ `PostAsJsonAsync` with source generation", Ratio(await Measure.RatioAsync(large.SdkAsync, large.SourceGeneratedAsync, 20)), "0.33");
        Row("time ÷ Refit", Ratio(await Measure.RatioAsync(large.SdkAsync, large.RefitAsync, 20)), "0.33");
        Row("time ÷ hand-written naive", Ratio(await Measure.RatioAsync(large.SdkAsync, large.NaiveAsync, 20)), "0.1");
    }

    private static async Task<double> BytesAsync(LoopbackServer server, Func<Task> call)
    {
        var before = server.BytesReceived;
        await call();
        return server.BytesReceived - before;
    }
}
