namespace Wan27.Sdk.AotSmoke;

/// <summary>Makes one video with the library, as its rival does without. Arguments: address, key, file.</summary>
internal static class Ours
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
