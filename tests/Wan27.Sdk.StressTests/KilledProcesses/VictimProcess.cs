using System.Diagnostics;
using System.Runtime.InteropServices;
using Wan27.Sdk.CrashVictim;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.StressTests.KilledProcesses;

/// <summary>A process that submits, reports when it has reached its points, and is killed there with SIGKILL.</summary>
internal sealed class VictimProcess : IDisposable
{
    private readonly Process process;

    private VictimProcess(Process process) => this.process = process;

    public static string Program { get; } =
        Path.Combine(AppContext.BaseDirectory, typeof(CrashPoint).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));

    /// <summary>Gets the folder of the runtime that runs the tests, wherever it was installed.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    public static VictimProcess Start(WanEmulator emulator, string journal, IReadOnlyDictionary<string, CrashPoint> plan) =>
        Start([emulator.BaseAddress.AbsoluteUri, emulator.ApiKey, journal, .. plan.Select(one => $"{one.Key}={one.Value}")]);

    public static VictimProcess Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ROOT"] = DotnetRoot;
        return new VictimProcess(Process.Start(start)!);
    }

    /// <summary>Reads the lines of a process that is not killed.</summary>
    public async Task<IReadOnlyList<string>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            lines.Add(line);
        return lines;
    }

    /// <summary>Waits until that many submissions have reached points that only the process itself can report.</summary>
    public async Task ReachAsync(int submissions, CancellationToken cancellationToken)
    {
        for (var reached = 0; reached < submissions; reached++)
        {
            if (await process.StandardOutput.ReadLineAsync(cancellationToken) is null)
                throw new InvalidOperationException($"The process ended after {reached} of {submissions} submissions.");
        }
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
