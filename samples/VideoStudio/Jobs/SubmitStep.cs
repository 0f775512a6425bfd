using System.Net;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// The only step that costs money. With the journal, <c>CreateAsync</c> is create-or-resume: whatever was sent once under this id is found again,
/// never sent again, so this step is also how an unknown outcome is cleared up.
/// </summary>
internal sealed class SubmitStep(
    IWanVideoClient wan, GenerationRequests requests, Rhythm rhythm, IOptions<StudioOptions> options, TimeProvider time, ILogger<SubmitStep> log)
{
    // Without a token: a stop lets a submission end, as half of one would be an outcome that nobody knows.
    public async Task<Generation> RunAsync(Generation generation)
    {
        try
        {
            var task = await wan.CreateAsync(requests.Of(generation));
            return Accepted(generation, task.Id).WithCost(task.Cost);
        }
        catch (WanGenerationFailedException e)
        {
            return generation.WithCost(e.Generation.Cost).Fail(Words.Of(e), time.GetUtcNow()) with { TaskId = e.Generation.Id };
        }
        catch (WanException e) when (e.GenerationId is { } taskId)
        {
            return Accepted(generation, taskId);
        }
        catch (WanSubmissionUnknownException e)
        {
            log.LogWarning(e, "It is unknown whether generation {Generation} was accepted", generation.Id);
            return Unknown(generation);
        }
        catch (WanApiException e) when (e.StatusCode is HttpStatusCode.TooManyRequests)
        {
            return Again(generation, e, e.RetryAfter);
        }
        catch (WanException e) when (e is WanConnectionException or WanJournalException)
        {
            return Again(generation, e, null);
        }
        catch (WanException e)
        {
            log.LogWarning(e, "Generation {Generation} was refused", generation.Id);
            return generation.Fail(Words.Of(e), time.GetUtcNow());
        }
    }

    private Generation Accepted(Generation generation, string taskId) => generation with
    {
        State = GenerationState.Generating,
        TaskId = taskId,
        Reason = null,
        Troubles = 0,
        DueAt = rhythm.FirstPoll(),
    };

    private Generation Unknown(Generation generation) => time.GetUtcNow() - generation.StartedAt < options.Value.UnknownGivenUpAfter
        ? rhythm.Later(generation) with
        {
            State = GenerationState.Unknown,
            Reason = "Its answer was lost, so it may have been paid or not. It is being looked for, and is not sent again.",
        }
        : generation.Fail("Its answer was lost, and the service's log never showed it. Most likely it was not paid; nobody can be sure.", time.GetUtcNow());

    // Provably nothing was accepted.
    private Generation Again(Generation generation, WanException e, TimeSpan? after)
    {
        log.LogWarning(e, "Generation {Generation} was not accepted yet", generation.Id);
        var later = rhythm.Later(generation, after) with { State = GenerationState.Queued, Reason = Words.Of(e) };
        return rhythm.IsTooLate(generation) ? generation.Fail(Words.Of(e), time.GetUtcNow()) : later;
    }
}
