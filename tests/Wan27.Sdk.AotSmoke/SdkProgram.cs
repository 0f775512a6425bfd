namespace Wan27.Sdk.AotSmoke;

/// <summary>Generates one video with the SDK, as <see cref="BareProgram"/> does without it. Arguments: address, key, file.</summary>
internal static class SdkProgram
{
    public static async Task Main(string[] args)
    {
        using var client = new WanVideoClient(new WanVideoClientOptions
        {
            BaseAddress = new Uri(args[0]),
            ApiKey = args[1],
            Polling = new PollingOptions { InitialDelay = TimeSpan.Zero, Interval = TimeSpan.FromMilliseconds(20) },
        });
        try
        {
            var generation = await client.GenerateAndWaitAsync(new TextToVideoRequest { Prompt = "A fox in the snow." });
            Console.WriteLine(generation.Id);
            await client.DownloadToFileAsync(generation, args[2], new DownloadOptions { Overwrite = true });
        }
        catch (WanException e)
        {
            Console.Error.WriteLine(e.Message);
            Environment.ExitCode = 1;
        }
    }
}
