using Wan27.Sdk.Emulator;

namespace VideoStudio.Hosting;

/// <summary>Selects the service: the configured one if there is a key or an address, an external emulator, or an emulator in this process.</summary>
internal static class StudioService
{
    private static readonly string[] Settings = ["Wan27:ApiKey", "Wan27:BaseAddress", "AIMLAPI_API_KEY", "AIML_API_KEY"];

    public static async Task AddStudioServiceAsync(this WebApplicationBuilder builder, StudioOptions options)
    {
        var (configuration, address) = (builder.Configuration, options.EmulatorAddress);
        if (address is null)
        {
            // The SDK reads the variable also if it is empty.
            var isSet = Settings.Any(setting => !string.IsNullOrEmpty(configuration[setting]));
            if (isSet || configuration["WAN27_BASE_ADDRESS"] is not null)
                return;

            // A new seed, so that the ids of this run differ from those of the last one, which the database may still contain.
            var emulator = await WanEmulator.StartAsync(emulator => emulator.Seed = Environment.TickCount);
            address = emulator.BaseAddress;
        }

        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wan27:BaseAddress"] = address.AbsoluteUri,
            ["Wan27:ApiKey"] = configuration["Wan27:ApiKey"] ?? new WanEmulatorOptions().ApiKey,

            // The emulator generates a video in seconds.
            ["Wan27:Polling:InitialDelay"] = configuration["Wan27:Polling:InitialDelay"] ?? "00:00:01",
            ["Wan27:Polling:Interval"] = configuration["Wan27:Polling:Interval"] ?? "00:00:01",
        });
    }
}
