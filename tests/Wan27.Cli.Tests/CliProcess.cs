using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Wan27.Cli.Output;

namespace Wan27.Cli.Tests;

/// <summary>Runs the program as a process with its own environment, output, signals and a timeout.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

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

    /// <summary>Gets the standard output so far.</summary>
    public string Output => Read(output);

    public string Error => Read(error);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="folder">The working directory.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="redirection">The redirection by a shell, such as <c>&gt; /dev/full</c>; null for none.</param>
    /// <param name="arguments">The arguments.</param>
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

        // The same runtime as the tests.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return new CliProcess(Process.Start(start)!);
    }

    public void Write(string text)
    {
        process.StandardInput.Write(text);
        process.StandardInput.Close();
    }

    /// <summary>Sends SIGINT, as Ctrl+C does.</summary>
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

    public async Task<(ExitCode Code, string Output, string Error)> WaitForExitAsync()
    {
        await process.WaitForExitAsync(Cancellation).WaitAsync(Timeout, Cancellation);
        return ((ExitCode)process.ExitCode, Output, Error);
    }

    /// <summary>Waits until standard error contains a text.</summary>
    public async Task WaitForErrorAsync(string text)
    {
        for (var waited = Stopwatch.StartNew(); !Error.Contains(text, StringComparison.Ordinal);)
        {
            Assert.True(waited.Elapsed < Timeout && !process.HasExited, $"Standard error must contain '{text}' within {Timeout.TotalSeconds} s (was: {Error})");
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
