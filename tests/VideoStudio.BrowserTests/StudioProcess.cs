using System.Diagnostics;

namespace VideoStudio.BrowserTests;

/// <summary>Runs the sample as a separate process, which can be killed and started again with the same port and data.</summary>
internal sealed class StudioProcess(Uri emulator) : IAsyncDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("studio-");
    private Process? process;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Paths.Sample, RedirectStandardOutput = true };
        string[] arguments =
        [
            Paths.Program, "--urls", Address.AbsoluteUri, "--Studio:Data", data.FullName, "--Studio:EmulatorAddress", emulator.AbsoluteUri,
            "--Wan27:ReconciliationTimeout", "00:00:01", "--Wan27:Polling:InitialDelay", "00:00:00.1", "--Wan27:Polling:Interval", "00:00:00.5",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var variable in new[] { "AIMLAPI_API_KEY", "AIML_API_KEY", "WAN27_BASE_ADDRESS" })
            start.Environment.Remove(variable);
        process = Process.Start(start)!;
        Address = await ReadAddressAsync(process);
    }

    /// <summary>Kills the process, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        data.Delete(recursive: true);
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        const string Announcement = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(Announcement) is not [_, var address])
                continue;

            // Read and discard the rest, because a full pipe would block the process.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new Uri(address);
        }

        throw new InvalidOperationException($"The studio ended with exit code {process.ExitCode} before it was listening.");
    }
}
