using Wan27.Sdk.Emulator;

namespace VideoStudio.Hosting;

/// <summary>Selects the service: the configured one if there is a key or an address, an external emulator, or an emulator in this process.</summary>
internal sealed class StudioService : IAsyncDisposable
{
    private static readonly string[] Settings = ["Wan27:ApiKey", "AIMLAPI_API_KEY", "AIML_API_KEY", "WAN27_BASE_ADDRESS"];

    private readonly WanEmulator? emulator;

    private StudioService(bool isReal, WanEmulator? emulator) => (IsReal, this.emulator) = (isReal, emulator);

    /// <summary>Gets a value indicating whether videos cost money.</summary>
    public bool IsReal { get; }

    public static async Task<StudioService> ChooseAsync(ConfigurationManager configuration, StudioOptions options)
    {
        if (options.EmulatorAddress is { } external)
        {
            Use(configuration, external, configuration["Wan27:ApiKey"] ?? new WanEmulatorOptions().ApiKey);
            return new StudioService(isReal: false, emulator: null);
        }

        if (Settings.Any(setting => !string.IsNullOrEmpty(configuration[setting])))
        {
            var address = configuration.GetValue<Uri>("Wan27:BaseAddress") ?? new WanVideoClientOptions().BaseAddress;
            return new StudioService(isReal: address is not { IsAbsoluteUri: true, IsLoopback: true }, emulator: null);
        }

        // A new seed, so that the ids of this run differ from those of the last one, which records may still contain.
        var emulator = await WanEmulator.StartAsync(emulator => emulator.Seed = Environment.TickCount);
        Use(configuration, emulator.BaseAddress, emulator.ApiKey);
        return new StudioService(isReal: false, emulator);
    }

    public ValueTask DisposeAsync() => emulator?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Use(ConfigurationManager configuration, Uri address, string apiKey) => configuration.AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["Wan27:BaseAddress"] = address.AbsoluteUri,
            ["Wan27:ApiKey"] = apiKey,

            // The emulator generates a video in seconds.
            ["Wan27:Polling:InitialDelay"] = configuration["Wan27:Polling:InitialDelay"] ?? "00:00:01",
            ["Wan27:Polling:Interval"] = configuration["Wan27:Polling:Interval"] ?? "00:00:01",
        });
}
