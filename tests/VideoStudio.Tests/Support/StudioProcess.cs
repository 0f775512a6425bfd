using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using VideoStudio.Hosting;

namespace VideoStudio.Tests.Support;

/// <summary>Runs the studio as a separate process, with settings as environment variables.</summary>
internal sealed class StudioProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder log = new();
    private bool isDisposed;

    private StudioProcess(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>Gets the working set in megabytes.</summary>
    public long Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1024 / 1024;
        }
    }

    public int Threads
    {
        get
        {
            process.Refresh();
            return process.Threads.Count;
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts the process and waits until it is healthy.</summary>
    public static async Task<StudioProcess> StartAsync(IReadOnlyDictionary<string, string> settings, int? port = null)
    {
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort()}");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, typeof(StudioOptions).Assembly.GetName().Name!))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "--urls", address.AbsoluteUri, "--contentRoot", AppContext.BaseDirectory },
        };
        foreach (var variable in new[] { "AIMLAPI_API_KEY", "AIML_API_KEY", "WAN27_BASE_ADDRESS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT" })
            start.Environment.Remove(variable);
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

        var studio = new StudioProcess(Process.Start(start)!, address);
        await studio.WaitUntilHealthyAsync();
        return studio;
    }

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Kills the process, as a crash does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    /// <summary>Stops the process with SIGTERM, as an operator does.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Cancellation).WaitAsync(Timeout, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private async Task WaitUntilHealthyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, Cancellation))
        {
            // The output may arrive after the exit.
            if (process.HasExited)
                await process.WaitForExitAsync(Cancellation);
            Assert.True(waited.Elapsed < Timeout && !process.HasExited, $"The studio did not start: {Log}");
            try
            {
                if ((await http.GetAsync("/health", Cancellation)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It is not listening yet.
            }
        }
    }

    private void Append(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}
