using System.Diagnostics;

namespace Wan27.Sdk.TestSupport.Measuring;

/// <summary>Figures of the complete process: medians of adjacent calls, so that variations of the machine affect both sides alike.</summary>
internal static class Measure
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Bytes allocated by one call.</summary>
    public static async Task<long> AllocatedAsync(Func<Task> call, int calls)
    {
        await WarmUpAsync(call);
        GC.Collect();
        var allocated = new List<long>();
        for (var i = 0; i < calls; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await call();
            allocated.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return Median(allocated);
    }

    /// <summary>The ratio of the times of two calls.</summary>
    /// <param name="measured">The call to measure.</param>
    /// <param name="compared">The call to compare with.</param>
    /// <param name="pairs">The number of measurements.</param>
    /// <param name="before">Runs before each call and is not measured.</param>
    public static async Task<double> RatioAsync(Func<Task> measured, Func<Task> compared, int pairs, Action? before = null)
    {
        await WarmUpAsync(measured);
        await WarmUpAsync(compared);
        var ratios = new List<double>();
        for (var i = 0; i < pairs; i++)
        {
            var theirs = await TimeAsync(compared, before);
            ratios.Add(await TimeAsync(measured, before) / theirs);
        }

        return Median(ratios);
    }

    private static async Task WarmUpAsync(Func<Task> call)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < WarmUp;)
            await call();
    }

    private static async Task<double> TimeAsync(Func<Task> call, Action? before)
    {
        before?.Invoke();
        var began = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static T Median<T>(List<T> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
