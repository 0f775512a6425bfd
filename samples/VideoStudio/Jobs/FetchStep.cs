using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// Brings the film home. The SDK gives it its name only when it is whole and holds the unfinished part exclusively, so a second fetch at the same
/// time, here or on another instance, fails without harm and finds the film later.
/// </summary>
internal sealed class FetchStep(IWanVideoClient wan, DataFolder folder, Rhythm rhythm, TimeProvider time, ILogger<FetchStep> log)
{
    public async Task<Generation> RunAsync(Generation generation, CancellationToken cancellationToken)
    {
        var path = folder.Film(generation.Id);
        try
        {
            var task = await wan.GetAsync(generation.TaskId!, cancellationToken);
            if (!File.Exists(path))
                await wan.DownloadToFileAsync(task, path, cancellationToken: cancellationToken);
            var cost = await wan.GetCostAsync(task, cancellationToken);
            return generation.WithCost(cost) with { State = GenerationState.Done, Reason = null, Troubles = 0, FinishedAt = time.GetUtcNow() };
        }
        catch (WanException e)
        {
            log.LogWarning(e, "The film of generation {Generation} is not here yet", generation.Id);
            return rhythm.IsTooLate(generation)
                ? generation.Fail("The film was made and paid, but could not be fetched.", time.GetUtcNow())
                : rhythm.Later(generation) with { Reason = Words.Of(e) };
        }
    }
}
