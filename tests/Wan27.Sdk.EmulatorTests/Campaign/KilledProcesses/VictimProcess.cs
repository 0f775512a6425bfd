using System.Diagnostics;
using System.Runtime.InteropServices;
using Wan27.Sdk.CrashVictim;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.EmulatorTests.Campaign.KilledProcesses;

/// <summary>A process that submits, tells when it has come to its points, and is killed there with SIGKILL.</summary>
internal sealed class VictimProcess : IDisposable
{
    private readonly Process process;

    private VictimProcess(Process process) => this.process = process;

    public static VictimProcess Start(WanEmulator emulator, string journal, IReadOnlyDictionary<string, CrashPoint> plan)
    {
        var name = typeof(CrashPoint).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : "");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in new[] { emulator.BaseAddress.AbsoluteUri, emulator.ApiKey, journal })
            start.ArgumentList.Add(argument);
        foreach (var (id, point) in plan)
            start.ArgumentList.Add($"{id}={point}");

        // The runtime that runs the tests, wherever it was installed.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return new VictimProcess(Process.Start(start)!);
    }

    /// <summary>Waits until so many submissions have come to points that only the process itself knows.</summary>
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
