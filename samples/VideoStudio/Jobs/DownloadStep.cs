using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// Downloads the video. The SDK writes to a partial file with exclusive access and renames it when it is complete, so that a concurrent download,
/// here or on another instance, fails without harm and finds the video later.
/// </summary>
internal sealed class DownloadStep(IWanVideoClient wan, DataFolder folder, StepSchedule schedule, TimeProvider time, ILogger<DownloadStep> log)
{
    public async Task<Generation> RunAsync(Generation generation, CancellationToken cancellationToken)
    {
        var path = folder.Video(generation.Id);
        try
        {
            var current = await wan.GetAsync(generation.ServiceId!, cancellationToken);
            if (!File.Exists(path))
                await wan.DownloadToFileAsync(current, path, cancellationToken: cancellationToken);
            var cost = await wan.GetCostAsync(current, cancellationToken);
            return generation.WithCost(cost) with { State = GenerationState.Done, Reason = null, Failures = 0, FinishedAt = time.GetUtcNow() };
        }
        catch (WanException e)
        {
            log.LogWarning(e, "The video of generation {Generation} could not be downloaded", generation.Id);
            return schedule.IsTimedOut(generation)
                ? generation.Fail("The video was generated and paid for, but could not be downloaded within 24 hours.", time.GetUtcNow())
                : schedule.Delay(generation) with { Reason = UserMessages.For(e) };
        }
    }
}
