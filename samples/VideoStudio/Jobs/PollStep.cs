using System.Net;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>Asks the service once how far it is.</summary>
internal sealed class PollStep(IWanVideoClient wan, Rhythm rhythm, TimeProvider time, ILogger<PollStep> log)
{
    /// <summary>A task may be accepted a moment before the service finds it; one that it never finds is gone.</summary>
    private const int TimesNotFound = 5;

    public async Task<Generation> RunAsync(Generation generation, CancellationToken cancellationToken)
    {
        try
        {
            return Told(generation, await wan.GetAsync(generation.TaskId!, cancellationToken));
        }
        catch (WanApiException e) when (e.StatusCode is HttpStatusCode.NotFound && generation.Troubles >= TimesNotFound)
        {
            return generation.Fail("The service no longer knows it.", time.GetUtcNow());
        }
        catch (WanException e)
        {
            log.LogWarning(e, "Generation {Generation} could not be asked for", generation.Id);
            return rhythm.Later(generation) with { Reason = Words.Of(e) };
        }
    }

    private Generation Told(Generation generation, VideoGeneration task)
    {
        var told = generation.WithCost(task.Cost) with { Polls = generation.Polls + 1, Troubles = 0, Reason = null };
        return task.Status.IsFailed ? told.Fail(Words.Of(task.Error), time.GetUtcNow())
            : task.Status.IsSucceeded && task.Video?.Url is not null ? told with { State = GenerationState.Fetching, DueAt = time.GetUtcNow() }
            : told with { DueAt = rhythm.NextPoll(told.Polls) };
    }
}
