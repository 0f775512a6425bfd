using System.Diagnostics;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.PackageTests.Publishing;

/// <summary>The cost of the library for a program compiled ahead of time, compared with a bare HttpClient, in one run without concurrent tests.</summary>
[Collection(nameof(FigureTests))]
[CollectionDefinition(nameof(FigureTests), DisableParallelization = true)]
public sealed class FigureTests(PublishedPrograms programs, ITestOutputHelper output)
{
    private const int Pairs = 21;

    [Fact]
    public async Task A_program_stays_within_the_size_and_start_limits_of_a_bare_HttpClient()
    {
        var (sdk, bare) = (await programs.PublishAsync("SdkProgram"), await programs.PublishAsync("BareProgram"));
        await using var emulator = await WanEmulator.StartAsync(settings => (settings.QueuedFor, settings.GeneratingFor, settings.Balance) = (default, default, 1000m), TestContext.Current.CancellationToken);

        var times = new List<(double Sdk, double Bare)>();
        for (var i = 0; i <= Pairs; i++)
            times.Add((await FirstGenerationAsync(sdk, emulator), await FirstGenerationAsync(bare, emulator)));
        var (sdkTime, bareTime) = (Median(times.Skip(1).Select(pair => pair.Sdk)), Median(times.Skip(1).Select(pair => pair.Bare)));
        var (sdkSize, bareSize) = (new FileInfo(sdk).Length, new FileInfo(bare).Length);

        output.WriteLine("| ahead of time | Wan27.Sdk | bare HttpClient | ratio | at most |\n|---|---|---|---|---|");
        output.WriteLine($"| start to first finished generation | {sdkTime:F1} ms | {bareTime:F1} ms | {sdkTime / bareTime:F2} | 1.50 |");
        output.WriteLine($"| executable | {sdkSize:N0} B | {bareSize:N0} B | {(double)sdkSize / bareSize:F2} | 1.30 |");
        Assert.InRange(sdkSize, 1, bareSize * 1.3);
        Assert.InRange(sdkTime, 0, bareTime * 1.5);
    }

    /// <summary>The time from the start of the process to the line that it writes when its first generation is finished.</summary>
    private async Task<double> FirstGenerationAsync(string program, WanEmulator emulator)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            program, [emulator.BaseAddress.AbsoluteUri, emulator.ApiKey, Path.Combine(programs.Folder, "video.mp4")])
        { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, emulator.Ledger.Submissions[^1].Id), (process.ExitCode, line));
        return elapsed;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Pairs / 2);
}
