using Wan27.Sdk;
using Wan27.Sdk.Emulator;

string image = args.ElementAtOrDefault(0) ?? Path.Combine(AppContext.BaseDirectory, "lighthouse.png");
string prompt = args.ElementAtOrDefault(1) ?? "The lamp of the lighthouse begins to turn, and waves roll in.";
string target = args.ElementAtOrDefault(2) ?? "lighthouse.mp4";

try
{
    bool isConfigured = new[] { "AIMLAPI_API_KEY", "AIML_API_KEY", "WAN27_BASE_ADDRESS" }.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
    await using WanEmulator? emulator = isConfigured ? null : await WanEmulator.StartAsync();
    using WanVideoClient client = emulator is null
        ? WanVideoClient.FromEnvironment()
        : new(new WanVideoClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            ApiKey = emulator.ApiKey,
            Polling = new PollingOptions { InitialDelay = TimeSpan.FromSeconds(0.2), Interval = TimeSpan.FromSeconds(0.5) },
        });
    Uri address = emulator?.BaseAddress ?? new WanVideoClientOptions().BaseAddress;
    Console.WriteLine(address.IsLoopback
        ? $"Using the emulator at {address}: nothing leaves this machine, and no money is spent."
        : $"Using the real service at {address}: the video costs money.");

    VideoGeneration generation = await client.CreateAsync(new ImageToVideoRequest
    {
        Prompt = prompt,
        Image = MediaSource.FromFile(image),
        Resolution = VideoResolution.P720,
        Duration = VideoDuration.FiveSeconds,
    });
    Console.WriteLine($"accepted as {generation.Id}, {generation.Cost.Usd:0.00} USD");

    await foreach (VideoGeneration change in client.WatchAsync(generation.Id))
    {
        Console.WriteLine(change.Status);
        generation = change;
    }

    await client.DownloadToFileAsync(generation, target, new DownloadOptions { Overwrite = true });
    Console.WriteLine($"saved {Path.GetFullPath(target)}, {new FileInfo(target).Length:N0} bytes");
    return 0;
}
catch (Exception e) when (e is WanException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
