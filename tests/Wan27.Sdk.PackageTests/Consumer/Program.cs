using Wan27.Sdk;
using Wan27.Sdk.Emulator;

await using var emulator = await WanEmulator.StartAsync(options => options.QueuedFor = options.GeneratingFor = TimeSpan.FromMilliseconds(20));
using var client = new WanVideoClient(new WanVideoClientOptions
{
    BaseAddress = emulator.BaseAddress,
    ApiKey = emulator.ApiKey,
    Polling = new PollingOptions { InitialDelay = TimeSpan.Zero, Interval = TimeSpan.FromMilliseconds(50) },
});

VideoGeneration generation = await client.GenerateAndWaitAsync(new TextToVideoRequest { Prompt = "A fox in the snow." });
await client.DownloadToFileAsync(generation, args[0]);
Console.WriteLine($"{emulator.Ledger.CompleteSubmissionBodies} submission, {emulator.Ledger.Charges.Count} charge");
