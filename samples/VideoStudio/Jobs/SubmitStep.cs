using System.Net;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// Submits a generation; the only step that costs money. With the journal, <c>CreateAsync</c> creates or resumes: a request that was sent once
/// under this id is looked up and never sent again. The same step therefore resolves an unknown outcome.
/// </summary>
internal sealed class SubmitStep(
    IWanVideoClient wan, GenerationRequests requests, StepSchedule schedule, IOptions<StudioOptions> options, TimeProvider time, ILogger<SubmitStep> log)
{
    // No cancellation: a submission that is interrupted has an unknown outcome.
    public async Task<Generation> RunAsync(Generation generation)
    {
        try
        {
            var accepted = await wan.CreateAsync(requests.Create(generation));
            return Accepted(generation, accepted.Id).WithCost(accepted.Cost);
        }
        catch (WanGenerationFailedException e)
        {
            return generation.WithCost(e.Generation.Cost).Fail(UserMessages.For(e), time.GetUtcNow()) with { ServiceId = e.Generation.Id };
        }
        catch (WanException e) when (e.GenerationId is { } serviceId)
        {
            return Accepted(generation, serviceId);
        }
        catch (WanSubmissionUnknownException e)
        {
            log.LogWarning(e, "It is unknown whether generation {Generation} was accepted; the search continues", generation.Id);
            return Unknown(generation);
        }
        catch (WanApiException e) when (e.StatusCode is HttpStatusCode.TooManyRequests)
        {
            return Requeue(generation, e, e.RetryAfter);
        }
        catch (WanException e) when (e is WanConnectionException or WanConfigurationException { Setting: nameof(WanVideoClientOptions.Journal) })
        {
            return Requeue(generation, e, null);
        }
        catch (WanException e)
        {
            log.LogWarning(e, "Generation {Generation} was rejected", generation.Id);
            return generation.Fail(UserMessages.For(e), time.GetUtcNow());
        }
    }

    private Generation Accepted(Generation generation, string serviceId) => generation with
    {
        State = GenerationState.Generating,
        ServiceId = serviceId,
        Reason = null,
        Failures = 0,
        DueAt = schedule.FirstPoll(),
    };

    private Generation Unknown(Generation generation) => time.GetUtcNow() - generation.StartedAt < options.Value.UnknownGivenUpAfter
        ? schedule.Delay(generation) with
        {
            State = GenerationState.Unknown,
            Reason = "The response was lost, so that this generation may have been paid for or not. The studio searches for it and does not send it again.",
        }
        : generation.Fail("The response was lost, and the service's log does not contain this generation. It was most likely not paid for, but that is not certain.", time.GetUtcNow());

    // The service has provably accepted nothing.
    private Generation Requeue(Generation generation, WanException e, TimeSpan? after)
    {
        log.LogWarning(e, "Generation {Generation} was not accepted and is queued again", generation.Id);
        var later = schedule.Delay(generation, after) with { State = GenerationState.Queued, Reason = UserMessages.For(e) };
        return schedule.IsTimedOut(generation) ? generation.Fail(UserMessages.For(e), time.GetUtcNow()) : later;
    }
}
