using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.Soak;

/// <summary>The file of one generation, which exists for as long as it takes to compare it.</summary>
internal sealed class VideoDownload(string folder, string name)
{
    private const int MaxTries = 50;

    private static readonly byte[] Expected = Read("720p-16x9-5s.mp4");

    private readonly string path = Path.Combine(folder, $"{name}.mp4");

    /// <summary>Waits for a generation and downloads its video, however often that takes.</summary>
    public async Task FinishAsync(WanVideoClient client, VideoGeneration accepted, Tally tally)
    {
        try
        {
            var finished = await PersistAsync(() => client.WaitAsync(accepted.Id), "waited again", tally);
            await PersistAsync(
                async () =>
                {
                    await client.DownloadToFileAsync(finished, path);
                    return finished;
                },
                "downloaded again",
                tally);
            tally.Add("videos");
            if (!(await File.ReadAllBytesAsync(path)).SequenceEqual(Expected))
                tally.Find($"the video of {accepted.Id} differs");
            File.Delete(path);
        }
        catch (WanGenerationFailedException)
        {
            tally.Add("failed by the service");
        }
    }

    private static async Task<VideoGeneration> PersistAsync(Func<Task<VideoGeneration>> act, string again, Tally tally)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await act();
            }
            catch (WanException e) when (tries < MaxTries && e is not WanGenerationFailedException)
            {
                tally.Add(again);
            }
        }
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(WanEmulator).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
