using static Wan27.Sdk.Benchmarks.Table;

namespace Wan27.Sdk.Benchmarks;

/// <summary>Measures the cost of submitting an image of 20 MB.</summary>
internal static class SubmitFigures
{
    public static async Task PrintAsync(LoopbackServer server)
    {
        using var large = new Submits(server, TestImage.Write(20 * Megabyte));
        using var small = new Submits(server, TestImage.Write(Megabyte));
        var allocated = await Measure.AllocatedAsync(large.SdkAsync, 100);
        Row("allocated per submission of a 20 MB image", Bytes(allocated), "24 KB");
        Row("… ÷ that of a 1 MB image", Ratio((double)allocated / await Measure.AllocatedAsync(small.SdkAsync, 100)), "1.25");
        Row("bytes sent ÷ default `JsonSerializer`", $"{await BytesAsync(server, large.SdkAsync) / await BytesAsync(server, large.NaiveAsync):F3}", "0.93");
        Row("time ÷ sending the same bytes, prepared in advance", Ratio(await Measure.RatioAsync(large.SdkAsync, large.ReadyMadeAsync, 300)), "1.15");
        using var windowed = new LoopbackServer(512 * 1024);
        using var withWindow = new Submits(windowed, TestImage.Write(20 * Megabyte));
        var windowedRatio = await Measure.RatioAsync(withWindow.SdkAsync, withWindow.ReadyMadeAsync, 300);
        Row("… to a receiver with a window of 512 KB, as on a network", Ratio(windowedRatio), "1.15");
        Row("time ÷ `PostAsJsonAsync` with source generation", Ratio(await Measure.RatioAsync(large.SdkAsync, large.SourceGeneratedAsync, 20)), "0.33");
        Row("time ÷ Refit", Ratio(await Measure.RatioAsync(large.SdkAsync, large.RefitAsync, 20)), "0.33");
        Row("time ÷ hand-written naive client", Ratio(await Measure.RatioAsync(large.SdkAsync, large.NaiveAsync, 20)), "0.1");
    }

    private static async Task<double> BytesAsync(LoopbackServer server, Func<Task> call)
    {
        var before = server.BytesReceived;
        await call();
        return server.BytesReceived - before;
    }
}
