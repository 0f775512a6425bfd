using System.Diagnostics;
using System.Runtime.InteropServices;
using Wan27.Sdk.CrashVictim;

namespace Wan27.Sdk.EmulatorTests.Download;

/// <summary>A process that downloads a film, to be killed with SIGKILL.</summary>
internal static class DownloadVictimProcess
{
    private static readonly string Program =
        Path.Combine(AppContext.BaseDirectory, typeof(CrashPoint).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));

    public static Process Start(FilmServer server, string path) =>
        Start(Program, "download", $"http://127.0.0.1:{server.Port}/film.mp4", path);

    /// <summary>The same under a limit of the size of any file: the next byte is an error, as on a full disk.</summary>
    public static Process StartWithin(int blocksOfOneKilobyte, FilmServer server, string path) => Start(
        "/bin/bash", "-c", $"trap '' XFSZ; ulimit -f {blocksOfOneKilobyte}; exec \"$0\" \"$@\"",
        Program, "download", $"http://127.0.0.1:{server.Port}/film.mp4", path);

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        // The runtime that runs the tests, wherever it was installed.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        // Its own shared memory would meet the limit before the film does.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}
