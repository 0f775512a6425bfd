using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Environments;

namespace Wan27.Sdk.Benchmarks;

/// <summary>The figures of docs/benchmarks.md, measured in one run and printed as in its table.</summary>
internal static class Table
{
    public const int Megabyte = 1024 * 1024;

    public static async Task PrintAsync()
    {
        var processor = HostEnvironmentInfo.GetCurrent().Cpu.Value.ProcessorName;
        Console.WriteLine($"{processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}:\n");
        Console.WriteLine("| figure | measured | at most |\n|---|---|---|");
        using var server = new LoopbackServer();
        // First, because memory of the other measurements would hide these figures.
        await MemoryFigures.PrintAsync(server);
        await WaitFigures.PrintAsync();
        await SubmitFigures.PrintAsync(server);
        await DownloadFigures.PrintAsync(server);
    }

    public static void Row(string figure, string measured, string limit = "") => Console.WriteLine($"| {figure} | {measured} | {limit} |");

    public static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes)
    {
        var (number, unit) = bytes < Megabyte ? (bytes / 1024d, "KB") : (bytes / (double)Megabyte, "MB");
        return string.Create(CultureInfo.InvariantCulture, $"{number:F1} {unit}");
    }
}
