using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

/// <summary>Starts an emulator in the test process and a studio with SQLite as a separate process.</summary>
public sealed class StudioFixture : IAsyncLifetime
{
    public const string OperatorPassword = "correct-horse-battery";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("studio-");
    private StudioProcess? studio;

    public WanEmulator Emulator { get; private set; } = null!;

    internal StudioProcess Studio => studio!;

    internal StudioClient Client { get; private set; } = null!;

    internal Dictionary<string, string> Settings { get; } = new()
    {
        ["Studio:OperatorPassword"] = OperatorPassword,
        ["Wan27:Polling:InitialDelay"] = "00:00:00.2",
        ["Wan27:Polling:Interval"] = "00:00:00.2",
    };

    public async ValueTask InitializeAsync()
    {
        Emulator = await WanEmulator.StartAsync(options =>
        {
            options.QueuedFor = TimeSpan.FromSeconds(0.1);
            options.GeneratingFor = TimeSpan.FromSeconds(0.1);
        });
        Settings["Studio:EmulatorAddress"] = Emulator.BaseAddress.AbsoluteUri;
        Settings["Studio:Data"] = data.FullName;
        studio = await StudioProcess.StartAsync(Settings);
        Client = await StudioClient.ConnectAsync(studio.Address);
    }

    /// <summary>Ends the process and starts another one with the same folder.</summary>
    internal async Task RestartAsync()
    {
        await studio!.DisposeAsync();
        studio = await StudioProcess.StartAsync(Settings, studio.Address.Port);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (studio is not null)
            await studio.DisposeAsync();
        await Emulator.DisposeAsync();
        data.Delete(recursive: true);
    }
}
