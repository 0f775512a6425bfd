using System.Diagnostics;

namespace Wan27.Sdk.PackageTests.Support;

/// <summary>Runs another program to its end.</summary>
internal static class Tool
{
    public static Task<string> DotnetAsync(string folder, params string[] arguments) => RunAsync("dotnet", folder, arguments);

    public static Task<string> GitAsync(string folder, params string[] arguments) => RunAsync("git", folder, arguments);

    /// <summary>The output of the program; an exception with the complete output if it failed.</summary>
    public static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Isolate(start.Environment);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }

    /// <summary>The environment of a build server, without the variables of the build that runs these tests.</summary>
    private static void Isolate(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("GIT_", StringComparison.Ordinal) || name.StartsWith("GITHUB_", StringComparison.Ordinal)).ToList())
            environment.Remove(name);
        environment["GIT_AUTHOR_DATE"] = environment["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z";
        environment["CI"] = "true";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
    }
}
