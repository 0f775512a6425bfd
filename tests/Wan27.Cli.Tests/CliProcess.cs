using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Wan27.Cli.Output;

namespace Wan27.Cli.Tests;

/// <summary>The program as a process: its own environment, its output read as it comes, signals, and an end that is waited for in bounded time.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private CliProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What has been written so far.</summary>
    public string Output => Read(output);

    public string Error => Read(error);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="folder">Where it works.</param>
    /// <param name="environment">What is set for it.</param>
    /// <param name="redirection">Where a shell leads its output, such as <c>&gt; /dev/full</c>; null: to us.</param>
    /// <param name="arguments">Its arguments.</param>
    public static CliProcess Start(string folder, IReadOnlyDictionary<string, string> environment, string? redirection, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(Terminal).Assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(redirection is null ? program : "/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in redirection is null ? arguments : ["-c", $"\"$0\" \"$@\" {redirection}", program, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var variable in new[] { "AIMLAPI_API_KEY", "AIML_API_KEY", "WAN27_BASE_ADDRESS" })
            start.Environment.Remove(variable);
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;

        // The runtime that runs the tests, wherever it was installed.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return new CliProcess(Process.Start(start)!);
    }

    public void Write(string text)
    {
        process.StandardInput.Write(text);
        process.StandardInput.Close();
    }

    /// <summary>Ctrl+C.</summary>
    public void PressCtrlC()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    public async Task<(ExitCode Code, string Output, string Error)> EndAsync()
    {
        await process.WaitForExitAsync(Cancellation).WaitAsync(Longest, Cancellation);
        return ((ExitCode)process.ExitCode, Output, Error);
    }

    /// <summary>Waits until a line is written on standard error that holds these words.</summary>
    public async Task SeeAsync(string words)
    {
        for (var waited = Stopwatch.StartNew(); !Error.Contains(words, StringComparison.Ordinal);)
        {
            Assert.True(waited.Elapsed < Longest && !process.HasExited, $"'{words}' was never written, but: {Error}");
            await Task.Delay(20, Cancellation);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
            text.Append(line is null ? "" : line + "\n");
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
