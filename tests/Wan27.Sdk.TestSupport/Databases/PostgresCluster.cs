using System.Diagnostics;
using Xunit;

namespace Wan27.Sdk.TestSupport;

/// <summary>
/// Runs a PostgreSQL cluster from Debian's packages in a temporary folder with a Unix socket. If it is not installed, the test is skipped; in CI
/// (CI=true), it fails.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string binaries;
    private readonly DirectoryInfo folder;

    private PostgresCluster(string binaries)
    {
        this.binaries = binaries;
        folder = Directory.CreateTempSubdirectory("wan27-pg-");
    }

    public string ConnectionString => $"Host={folder.FullName};Username=tests;Database=postgres;Maximum Pool Size=40";

    private string Data => Path.Combine(folder.FullName, "data");

    public static bool IsInstalled => FindBinaries() is not null;

    /// <summary>Skips the test if PostgreSQL is not installed.</summary>
    public static void Require()
    {
        const string Reason = "PostgreSQL is not installed. Install it with apt-get install postgresql.";
        if (IsInstalled)
            return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
        Assert.Skip(Reason);
    }

    public static async Task<PostgresCluster> StartAsync()
    {
        var cluster = new PostgresCluster(FindBinaries()!);
        if (Environment.UserName == "root")
            await RunAsync("chown", "postgres", cluster.folder.FullName);
        await cluster.RunToolAsync("initdb", "-D", cluster.Data, "-A", "trust", "-U", "tests", "--no-sync");
        await cluster.ResumeAsync();
        return cluster;
    }

    /// <summary>Starts the server again.</summary>
    public Task ResumeAsync() => RunToolAsync(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder.FullName, "log"),
        "-o", $"-k {folder.FullName} -c listen_addresses='' -c max_connections=200 -F", "start");

    /// <summary>Stops the server, which breaks its connections off. What it has committed stays.</summary>
    public Task StopAsync() => RunToolAsync("pg_ctl", "-D", Data, "-w", "-m", "fast", "stop");

    public async ValueTask DisposeAsync()
    {
        await RunToolAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        folder.Delete(recursive: true);
    }

    private static string? FindBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
            .Select(path => Path.Combine(path, "bin"))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    // PostgreSQL refuses to run as root.
    private Task RunToolAsync(string tool, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(binaries, tool), .. arguments])
        : RunAsync(Path.Combine(binaries, tool), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // The server that pg_ctl starts would keep a redirected output open, so that it is discarded.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/", ArgumentList = { "-c", "\"$@\" >/dev/null 2>&1", "sh", program } };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
    }
}
