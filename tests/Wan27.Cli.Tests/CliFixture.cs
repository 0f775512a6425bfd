using System.Text.Json;
using Wan27.Cli.Output;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>Starts an emulator and runs commands in a temporary folder with its own home. Checks the output of every command for secrets.</summary>
internal sealed class CliFixture : IAsyncDisposable
{
    public const string Prompt = "canary-prompt of a fox";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wan27-cli-");

    private CliFixture(WanEmulator emulator) => Emulator = emulator;

    public WanEmulator Emulator { get; }

    public string this[string name] => Path.Combine(folder.FullName, name);

    public Dictionary<string, string> Environment { get; } = [];

    public static async Task<CliFixture> StartAsync(Action<WanEmulatorOptions>? configure = null)
    {
        var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.ApiKey = "sk-canary-0123456789";
                options.QueuedFor = options.GeneratingFor = TimeSpan.Zero;
                configure?.Invoke(options);
            },
            TestContext.Current.CancellationToken);
        var fixture = new CliFixture(emulator);
        fixture.Environment["AIMLAPI_API_KEY"] = emulator.ApiKey;
        fixture.Environment["WAN27_BASE_ADDRESS"] = emulator.BaseAddress.AbsoluteUri;
        foreach (var home in OperatingSystem.IsWindows() ? ["USERPROFILE", "LOCALAPPDATA", "APPDATA"] : new[] { "HOME", "XDG_DATA_HOME" })
            fixture.Environment[home] = fixture["home"];
        Directory.CreateDirectory(fixture["home"]);
        return fixture;
    }

    public async Task WriteSecretsAsync(string text)
    {
        var folder = this[OperatingSystem.IsWindows() ? "home/Microsoft/UserSecrets/wan27" : "home/.microsoft/usersecrets/wan27"];
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "secrets.json"), text, TestContext.Current.CancellationToken);
    }

    public CliProcess Start(params string[] arguments) => CliProcess.Start(folder.FullName, Environment, null, arguments);

    /// <summary>Runs a command whose output is redirected by a shell.</summary>
    public async Task<(ExitCode Code, string Output, string Error)> RunRedirectedAsync(string redirection, params string[] arguments)
    {
        using var process = CliProcess.Start(folder.FullName, Environment, redirection, arguments);
        var (code, output, error) = await process.WaitForExitAsync();
        AssertClean(output + error);
        return (code, output.Trim(), error);
    }

    /// <summary>Runs a command to its end and checks what every command must fulfill.</summary>
    public async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (code, output, error) = await process.WaitForExitAsync();
        AssertClean(output + error);
        if (arguments.Contains("--json"))
            JsonDocument.Parse(output).Dispose();
        return (code, output.Trim(), error);
    }

    /// <summary>Generates a video with a short polling interval.</summary>
    public Task<(ExitCode Code, string Output, string Error)> GenerateAsync(params string[] more) =>
        RunAsync(["generate", Prompt, "--resolution", "720p", "--duration", "5", "--interval", "50ms", .. more]);

    public void AssertClean(string text)
    {
        Assert.DoesNotContain('\u001B', text);
        Assert.DoesNotContain(Emulator.ApiKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.All(["(Parameter", "System.", "Options.", "Async", "Actual value"], words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        Assert.DoesNotContain(Emulator.FilesAddress.Authority, text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
