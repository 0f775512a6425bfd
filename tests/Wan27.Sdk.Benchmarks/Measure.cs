using System.Diagnostics;

namespace Wan27.Sdk.Benchmarks;

/// <summary>Figures of the whole process, taken in pairs so that the machine's mood falls on both sides alike.</summary>
internal static class Measure
{
    /// <summary>Bytes allocated by one call, the mean of several after a warm-up.</summary>
    public static async Task<long> AllocatedAsync(Func<Task> call, int calls)
    {
        for (var i = 0; i < 3; i++)
            await call();
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < calls; i++)
            await call();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / calls;
    }

    /// <summary>The median of the ratios of neighbouring calls.</summary>
    public static async Task<double> RatioAsync(Func<Task> ours, Func<Task> rival, int pairs)
    {
        var ratios = new List<double>();
        for (var i = 0; i < pairs + 3; i++)
        {
            var (theirs, mine) = (await TimeAsync(rival), await TimeAsync(ours));
            if (i >= 3)
                ratios.Add(mine / theirs);
        }

        ratios.Sort();
        return ratios[ratios.Count / 2];
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
