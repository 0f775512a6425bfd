using System.Net;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>Reads the status of a generation once.</summary>
internal sealed class PollStep(IWanVideoClient wan, StepSchedule schedule, TimeProvider time, ILogger<PollStep> log)
{
    /// <summary>The service may need a moment to find an accepted generation. After this many attempts it counts as lost.</summary>
    private const int MaxNotFound = 5;

    public async Task<Generation> RunAsync(Generation generation, CancellationToken cancellationToken)
    {
        try
        {
            return Apply(generation, await wan.GetAsync(generation.ServiceId!, cancellationToken));
        }
        catch (WanApiException e) when (e.StatusCode is HttpStatusCode.NotFound && generation.Failures >= MaxNotFound)
        {
            return generation.Fail("The service no longer has this generation.", time.GetUtcNow());
        }
        catch (WanException e)
        {
            log.LogWarning(e, "The status of generation {Generation} could not be read", generation.Id);
            return schedule.Delay(generation) with { Reason = UserMessages.For(e) };
        }
    }

    private Generation Apply(Generation generation, VideoGeneration current)
    {
        var updated = generation.WithCost(current.Cost) with { Polls = generation.Polls + 1, Failures = 0, Reason = null };
        return current.Status.IsFailed ? updated.Fail(UserMessages.For(current.Error), time.GetUtcNow())
            : current.Status.IsSucceeded && current.Video?.Uri is not null ? updated with { State = GenerationState.Fetching, DueAt = time.GetUtcNow() }
            : updated with { DueAt = schedule.NextPoll(updated.Polls) };
    }
}
