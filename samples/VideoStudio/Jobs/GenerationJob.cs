using System.Net;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// Runs the next step of one generation, as given by its row. Hangfire runs it again after a failure, and on another instance if this one ends. It may
/// run twice at once: the SDK's journal allows one submission, and the version of the row one change.
/// </summary>
internal sealed class GenerationJob(
    StudioContext database, IWanVideoClient wan, DataFolder folder, IOptions<StudioOptions> options, IOptions<WanVideoClientOptions> sdk, TimeProvider time,
    ILogger<GenerationJob> log)
{
    /// <summary>Hangfire's name for the number of failures in a row.</summary>
    internal const string RetryCount = "RetryCount";

    /// <summary>The service may need a moment to find an accepted generation. After this many attempts it counts as lost.</summary>
    private const int MaxNotFound = 5;

    private const string Unknown =
        "The response was lost, so that this generation may have been paid for or not. The studio searches for it and does not send it again.";

    private const string NeverFound =
        "The response was lost, and the service's log does not contain this generation. It was most likely not paid for, but that is not certain.";

    private static readonly TimeSpan RetryTimeout = TimeSpan.FromHours(24);

    /// <returns>The time until the next step; null if there is none.</returns>
    [JobDisplayName("{0}")]
    [RunAgain]
    [AutomaticRetry(Attempts = int.MaxValue, DelaysInSeconds = [2, 4, 8, 16, 32, 64, 120])]
    public async Task<TimeSpan?> RunAsync(string id, PerformContext? run, CancellationToken cancellationToken)
    {
        if (await database.Generations.FindAsync([id], cancellationToken) is not { IsOver: false } generation)
            return null;
        try
        {
            var next = await StepAsync(generation, cancellationToken);
            await SaveAsync(generation);
            return next;
        }
        catch (WanException e)
        {
            Explain(generation, e, run?.GetJobParameter<int>(RetryCount) ?? 0);
            await SaveAsync(generation);
            if (generation.State is GenerationState.Queued && e is WanApiException { RetryAfter: { } delay })
                return delay;
            if (!generation.IsOver)
                throw;
            log.LogWarning(e, "Generation {Generation} failed", id);
            return null;
        }
    }

    private Task<TimeSpan?> StepAsync(Generation generation, CancellationToken cancellationToken) => generation.State switch
    {
        GenerationState.Generating => PollAsync(generation, cancellationToken),
        GenerationState.Fetching => DownloadAsync(generation, cancellationToken),
        _ => SubmitAsync(generation),
    };

    /// <summary>
    /// The only step that costs money. With the journal, <c>CreateAsync</c> creates or resumes: a request that was sent once under this id is searched for
    /// and never sent again. The same step therefore resolves an unknown outcome.
    /// </summary>
    private async Task<TimeSpan?> SubmitAsync(Generation generation)
    {
        if (generation.State is GenerationState.Queued)
        {
            (generation.State, generation.Reason) = (GenerationState.Submitting, null);
            generation.StartedAt ??= time.GetUtcNow();
            await SaveAsync(generation);
        }

        try
        {
            // No cancellation: a submission that is interrupted has an unknown outcome.
            var accepted = await wan.CreateAsync(generation.ToRequest(folder));
            generation.ServiceId = accepted.Id;
            generation.SetCost(accepted.Cost);
        }
        catch (WanException e) when (e is not WanGenerationFailedException && e.GenerationId is { } serviceId)
        {
            generation.ServiceId = serviceId;
        }

        (generation.State, generation.Reason) = (GenerationState.Generating, null);
        return sdk.Value.Polling.InitialDelay;
    }

    private async Task<TimeSpan?> PollAsync(Generation generation, CancellationToken cancellationToken)
    {
        var current = await wan.GetAsync(generation.ServiceId!, cancellationToken);
        generation.SetCost(current.Cost);
        generation.Polls++;
        generation.Reason = null;
        if (current.Status.IsFailed)
        {
            (generation.State, generation.Reason, generation.FinishedAt) = (GenerationState.Failed, UserMessages.For(current.Error), time.GetUtcNow());
            return null;
        }

        if (current.Status.IsSucceeded && current.Video?.Uri is not null)
        {
            generation.State = GenerationState.Fetching;
            return TimeSpan.Zero;
        }

        var polling = sdk.Value.Polling;
        var interval = polling.Interval.TotalSeconds * Math.Pow(polling.Multiplier, generation.Polls - 1);
        return TimeSpan.FromSeconds(Math.Min(interval, polling.MaxInterval.TotalSeconds));
    }

    /// <summary>The SDK writes to a partial file with exclusive access and renames it when it is complete, so that a second download does no harm.</summary>
    private async Task<TimeSpan?> DownloadAsync(Generation generation, CancellationToken cancellationToken)
    {
        var path = folder.Video(generation.Id);
        var current = await wan.GetAsync(generation.ServiceId!, cancellationToken);
        if (!File.Exists(path))
            await wan.DownloadToFileAsync(current, path, cancellationToken: cancellationToken);
        generation.SetCost(await wan.GetCostAsync(current, cancellationToken));
        (generation.State, generation.Reason, generation.FinishedAt) = (GenerationState.Done, null, time.GetUtcNow());
        return null;
    }

    /// <summary>Decides what a failed step means. If it does not end the generation, Hangfire runs the step again.</summary>
    private void Explain(Generation generation, WanException e, int failures)
    {
        var now = time.GetUtcNow();
        var isTimedOut = now - generation.CreatedAt > RetryTimeout;
        if (e is WanGenerationFailedException { Generation: var failed })
        {
            generation.ServiceId = failed.Id;
            generation.SetCost(failed.Cost);
        }

        var isNotFound = e is WanApiException { StatusCode: HttpStatusCode.NotFound } && failures >= MaxNotFound;
        (generation.State, generation.Reason) = (generation.State, e) switch
        {
            (GenerationState.Generating, _) when isNotFound => (GenerationState.Failed, "The service no longer has this generation."),
            (GenerationState.Generating, _) => (GenerationState.Generating, UserMessages.For(e)),
            (GenerationState.Fetching, _) when isTimedOut =>
                (GenerationState.Failed, "The video was generated and paid for, but could not be downloaded within 24 hours."),
            (GenerationState.Fetching, _) => (GenerationState.Fetching, UserMessages.For(e)),
            (_, WanSubmissionUnknownException) when now - generation.StartedAt < options.Value.UnknownGivenUpAfter => (GenerationState.Unknown, Unknown),
            (_, WanSubmissionUnknownException) => (GenerationState.Failed, NeverFound),
            _ when UserMessages.IsNotAccepted(e) && !isTimedOut => (GenerationState.Queued, UserMessages.For(e)),
            _ => (GenerationState.Failed, UserMessages.For(e)),
        };
        generation.FinishedAt = generation.IsOver ? now : null;
    }

    // No cancellation: the step has happened.
    private async Task SaveAsync(Generation generation)
    {
        await database.SaveChangesAsync(CancellationToken.None);
        log.LogDebug("Generation {Generation} is {State}", generation.Id, generation.State);
    }
}
