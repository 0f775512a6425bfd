using Hangfire.Server;

namespace VideoStudio.Jobs;

/// <summary>
/// Runs the next step of one generation, as given by its row. Hangfire runs it again after a failure, and on another instance if
/// this one ends. It may run twice at once: the SDK's journal allows one submission, and the version of the row one change.
/// </summary>
internal sealed class GenerationJob(
    StudioContext database, IWanVideoClient wan, DataFolder folder, IOptions<StudioOptions> options,
    IOptions<WanVideoClientOptions> sdk, TimeProvider time, ILogger<GenerationJob> log)
{
    /// <summary>Hangfire's name for the number of failures in a row.</summary>
    internal const string RetryCount = "RetryCount";

    /// <summary>The service may need a moment to find an accepted generation. After this many attempts it counts as lost.</summary>
    private const int MaxNotFound = 5;

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
            var next = await (generation.State switch
            {
                GenerationState.Generating => PollAsync(generation, cancellationToken),
                GenerationState.Fetching => DownloadAsync(generation, cancellationToken),
                _ => SubmitAsync(generation),
            });
            await SaveAsync(generation);
            return next;
        }
        catch (WanException e)
        {
            (generation.State, generation.Reason) = Explain(generation, e, run?.GetJobParameter<int>(RetryCount) ?? 0);
            await SaveAsync(generation);
            if (generation.State is GenerationState.Queued && e is WanApiException { RetryAfter: { } delay })
                return delay;
            if (!generation.IsOver)
                throw;
            log.LogWarning(e, "Generation {Generation} failed", id);
            return null;
        }
    }

    /// <summary>
    /// The only step that costs money. With the journal, <c>CreateAsync</c> creates or resumes: a request that was sent once under this
    /// id is searched for and never sent again. The same step therefore resolves an unknown outcome.
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
        catch (WanGenerationFailedException e)
        {
            generation.SetCost(e.Generation.Cost);
            throw;
        }
        catch (WanException e) when (e.GenerationId is { } serviceId)
        {
            generation.ServiceId = serviceId;
        }

        (generation.State, generation.Reason) = (GenerationState.Generating, null);
        return sdk.Value.Polling.InitialDelay;
    }

    private async Task<TimeSpan?> PollAsync(Generation generation, CancellationToken cancellationToken)
    {
        var (polling, current) = (sdk.Value.Polling, await wan.GetAsync(generation.ServiceId!, cancellationToken));
        generation.SetCost(current.Cost);
        generation.Polls++;
        generation.Reason = current.Status.IsFailed ? UserMessages.For(current.Error) : null;
        if (current.Status.IsFailed)
            generation.State = GenerationState.Failed;
        else if (current.Status.IsSucceeded && current.Video?.Uri is not null)
            generation.State = GenerationState.Fetching;
        var interval = polling.Interval.TotalSeconds * Math.Pow(polling.Multiplier, generation.Polls - 1);
        return generation.State switch
        {
            GenerationState.Failed => null,
            GenerationState.Fetching => TimeSpan.Zero,
            _ => TimeSpan.FromSeconds(Math.Min(interval, polling.MaxInterval.TotalSeconds)),
        };
    }

    /// <summary>The SDK writes to a partial file with exclusive access, and renames it at the end: a second download does no harm.</summary>
    private async Task<TimeSpan?> DownloadAsync(Generation generation, CancellationToken cancellationToken)
    {
        var current = await wan.GetAsync(generation.ServiceId!, cancellationToken);
        if (!File.Exists(folder.Video(generation.Id)))
            await wan.DownloadToFileAsync(current, folder.Video(generation.Id), cancellationToken: cancellationToken);
        generation.SetCost(await wan.GetCostAsync(current, cancellationToken));
        (generation.State, generation.Reason) = (GenerationState.Done, null);
        return null;
    }

    /// <summary>Decides what a failed step means. If it does not end the generation, Hangfire runs the step again.</summary>
    private (GenerationState State, string Reason) Explain(Generation generation, WanException e, int failures)
    {
        var isTimedOut = time.GetUtcNow() - generation.CreatedAt > RetryTimeout;
        var isGivenUp = time.GetUtcNow() - generation.StartedAt >= options.Value.UnknownGivenUpAfter;
        var isLost = e is WanApiException { StatusCode: HttpStatusCode.NotFound } && failures >= MaxNotFound;
        return (generation.State, e) switch
        {
            (GenerationState.Generating, _) when isLost => (GenerationState.Failed, "The service no longer has this generation."),
            (GenerationState.Generating, _) => (GenerationState.Generating, UserMessages.For(e)),
            (GenerationState.Fetching, _) when isTimedOut => (GenerationState.Failed, UserMessages.NeverDownloaded),
            (GenerationState.Fetching, _) => (GenerationState.Fetching, UserMessages.For(e)),
            (_, WanSubmissionUnknownException) when isGivenUp => (GenerationState.Failed, UserMessages.NeverFound),
            (_, WanSubmissionUnknownException) => (GenerationState.Unknown, UserMessages.Unknown),
            _ when UserMessages.IsNotAccepted(e) && !isTimedOut => (GenerationState.Queued, UserMessages.For(e)),
            _ => (GenerationState.Failed, UserMessages.For(e)),
        };
    }

    // No cancellation: the step has happened.
    private async Task SaveAsync(Generation generation)
    {
        await database.SaveChangesAsync(CancellationToken.None);
        log.LogDebug("Generation {Generation} is {State}", generation.Id, generation.State);
    }
}
