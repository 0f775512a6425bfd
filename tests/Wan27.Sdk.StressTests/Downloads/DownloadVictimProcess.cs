using System.Diagnostics;
using System.Runtime.InteropServices;
using Wan27.Sdk.CrashVictim;

namespace Wan27.Sdk.StressTests.Downloads;

/// <summary>A process that downloads a video, to be killed with SIGKILL.</summary>
internal static class DownloadVictimProcess
{
    private const string Unshare = "/usr/bin/unshare";

    private static readonly string Program =
        Path.Combine(AppContext.BaseDirectory, typeof(CrashPoint).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
    private static readonly string[] OwnMounts = ["--user", "--map-root-user", "--mount"];

    public static Process Start(VideoFileServer server, string path) =>
        Start(Program, "download", $"http://127.0.0.1:{server.Port}/video.mp4", path);

    /// <summary>The same with a limit on the size of any file: the next byte is an error, as on a full disk.</summary>
    public static Process StartWithin(int blocksOfOneKilobyte, VideoFileServer server, string path) => Start(
        "/bin/bash", "-c", $"trap '' XFSZ; ulimit -f {blocksOfOneKilobyte}; exec \"$0\" \"$@\"",
        Program, "download", $"http://127.0.0.1:{server.Port}/video.mp4", path);

    /// <summary>Whether a process may mount a private disk, which no other process sees and which is unmounted when it ends.</summary>
    public static bool CanMount
    {
        get
        {
            if (!File.Exists(Unshare))
                return false;
            using var process = Start(Unshare, [.. OwnMounts, "mount", "-t", "tmpfs", "tmpfs", Path.GetTempPath()]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    /// <summary>
    /// Downloads to a disk that is too small, and once more when it has grown. Writes how many bytes the first left and the digest of the video;
    /// ends with 0 if the first failed as it should.
    /// </summary>
    public static Process StartOnGrowingDisk(int kilobytes, VideoFileServer server, string path) => Start(
        Unshare,
        [
            .. OwnMounts, "/bin/bash", "-ec",
            """
            folder=$(dirname "$0")
            mount -t tmpfs -o "size=$1k" tmpfs "$folder"
            "${@:2}" || test $? = 3
            test ! -e "$0"
            stat -c %s "$0.part"
            mount -o remount,size=16m "$folder"
            "${@:2}"
            sha256sum < "$0"
            """,
            path, $"{kilobytes}", Program, "download", $"http://127.0.0.1:{server.Port}/video.mp4", path,
        ]);

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        // The runtime that runs the tests, wherever it is installed.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        // Its own shared memory would reach the limit before the video does.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}
