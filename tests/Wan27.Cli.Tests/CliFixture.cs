using System.Text.Json;
using Wan27.Cli.Output;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>An emulator, a folder to work in and a home for the journal; every command that ran is kept, to be searched for what must not be there.</summary>
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

    /// <summary>Runs a command whose output a shell leads elsewhere.</summary>
    public async Task<(ExitCode Code, string Output, string Error)> RunRedirectedAsync(string redirection, params string[] arguments)
    {
        using var process = CliProcess.Start(folder.FullName, Environment, redirection, arguments);
        var (code, output, error) = await process.EndAsync();
        AssertDecent(output + error);
        return (code, output.Trim(), error);
    }

    /// <summary>Runs a command to its end, and sees that it behaves as every command must.</summary>
    public async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (code, output, error) = await process.EndAsync();
        AssertDecent(output + error);
        if (arguments.Contains("--json"))
            JsonDocument.Parse(output).Dispose();
        return (code, output.Trim(), error);
    }

    /// <summary>A video of the emulator's, asked for quickly.</summary>
    public Task<(ExitCode Code, string Output, string Error)> GenerateAsync(params string[] more) =>
        RunAsync(["generate", Prompt, "--resolution", "720p", "--duration", "5", "--interval", "50ms", .. more]);

    public void AssertDecent(string text)
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
