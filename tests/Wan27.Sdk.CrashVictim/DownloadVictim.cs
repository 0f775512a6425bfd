namespace Wan27.Sdk.CrashVictim;

/// <summary>Downloads a video from loopback to a file, until it is done or killed.</summary>
internal static class DownloadVictim
{
    /// <returns>0 if the video is complete; 3 if it could not be downloaded, with the reason on the error stream.</returns>
    public static async Task<int> RunAsync(string url, string path)
    {
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "a-key", AllowPrivateDownloads = true });
        var generation = new VideoGeneration { Id = "gen-1", Status = GenerationStatus.Completed, Videos = [new GeneratedVideo { Uri = new Uri(url) }] };
        try
        {
            await client.DownloadToFileAsync(generation, path);
            return 0;
        }
        catch (WanDownloadException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }
}
