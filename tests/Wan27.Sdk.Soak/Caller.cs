namespace Wan27.Sdk.Soak;

/// <summary>One caller of one generation, who follows the README after each error, sometimes stops waiting, and sometimes crashes half-way.</summary>
internal sealed class Caller(WanVideoClient client, VideoDownload video, KnownGenerations known, Tally tally, Random random)
{
    /// <summary>A prompt that the service accepts and whose generation then fails.</summary>
    public const string Unwanted = "an unwanted scene";

    private const double Rare = 0.05;
    private const int MaxTries = 50;

    public async Task RunAsync(string clientRequestId)
    {
        tally.Add("generations");
        var request = new TextToVideoRequest
        {
            Prompt = random.NextDouble() < Rare ? Unwanted : "a lighthouse at dusk",
            Resolution = VideoResolution.P720,
            Duration = VideoDuration.FiveSeconds,
            ClientRequestId = clientRequestId,
        };
        if (await CreateAsync(request) is not { } accepted)
            return;
        known.Add(clientRequestId, accepted.Id);
        if (random.NextDouble() < Rare)
            tally.Add("forgotten by their callers");
        else
            await video.FinishAsync(client, accepted, tally);
    }

    /// <summary>The accepted generation; null if the next process has to find out.</summary>
    private async Task<VideoGeneration?> CreateAsync(TextToVideoRequest request)
    {
        using var impatience = new CancellationTokenSource();
        if (random.NextDouble() < Rare)
            impatience.CancelAfter(random.Next(1, 30));
        for (var tries = 1; tries <= MaxTries; tries++)
        {
            try
            {
                return await client.CreateAsync(request, impatience.Token);
            }
            catch (WanCanceledException e)
            {
                tally.Add(e.MayHaveBeenSent ? "canceled in mid-submission" : "canceled before it");
                return null;
            }
            catch (WanGenerationFailedException e)
            {
                tally.Add("failed by the service");
                known.Add(request.ClientRequestId!, e.Generation.Id);
                return null;
            }
            catch (WanSubmissionUnknownException)
            {
                tally.Add("unknown at first");
                return null;
            }
            catch (WanException e) when (e is WanApiException or WanConnectionException or WanApiException)
            {
                tally.Add(e.GenerationId is null ? "refused, submitted again" : "accepted, not read at first");
            }
        }

        throw new InvalidOperationException($"{request.ClientRequestId} was refused {MaxTries} times.");
    }
}
