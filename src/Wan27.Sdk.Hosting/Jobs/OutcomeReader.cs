using System.Net;

namespace Wan27.Sdk.Jobs;

/// <summary>Waits for a submission's generation, and decides what is handed over. Nothing is submitted.</summary>
internal sealed class OutcomeReader(IWanVideoClient client, GenerationJobOptions options, TimeProvider time)
{
    /// <summary>How long the sender of a submission is left alone, before the service's log is searched for it.</summary>
    private static readonly TimeSpan SenderTime = TimeSpan.FromMinutes(2);

    /// <summary>Returns what is handed over, or when to look again.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<JobOutcome> ReadAsync(SubmissionRecord record, CancellationToken cancellationToken)
    {
        if (record.State is SubmissionState.Refused)
            return JobOutcome.Nothing;
        try
        {
            return record.GenerationId is { } id
                ? await WaitAsync(record, id, cancellationToken).ConfigureAwait(false)
                : await SearchAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (WanGenerationFailedException e)
        {
            return JobOutcome.Known(Outcome(record, e.Generation, e));
        }
        catch (WanWaitTimeoutException)
        {
            return JobOutcome.Later(options.Interval, "it is in progress");
        }
        catch (WanApiException e) when (e.StatusCode is HttpStatusCode.NotFound && !e.IsUnreadable)
        {
            return Unknown(record, "the service does not find the generation", Outcome(record, null, Unknown(record, e)));
        }
        catch (WanSubmissionUnknownException e)
        {
            return Unknown(record, "its generation is not found", Outcome(record, null, e));
        }
        catch (WanException e)
        {
            return JobOutcome.Later(TimeSpan.FromMinutes(1), e.GetType().Name);
        }
    }

    private async Task<JobOutcome> WaitAsync(SubmissionRecord record, string generationId, CancellationToken cancellationToken)
    {
        var known = new VideoGeneration { Id = generationId, ClientRequestId = record.ClientRequestId };
        var generation = await client.WaitAsync(known, options.Polling, progress: null, cancellationToken).ConfigureAwait(false);
        return JobOutcome.Known(Outcome(record, generation, error: null));
    }

    private async Task<JobOutcome> SearchAsync(SubmissionRecord record, CancellationToken cancellationToken)
    {
        if (Age(record) < SenderTime)
            return JobOutcome.Later(TimeSpan.FromSeconds(15), "its sender may be running");
        var found = await client.FindGenerationsAsync(record.ClientRequestId, cancellationToken).ConfigureAwait(false);
        return found switch
        {
            [var only] => await WaitAsync(record, only.Id, cancellationToken).ConfigureAwait(false),
            [] => throw new WanSubmissionUnknownException(record.ClientRequestId, ["the service's log has no generation under this id, which proves nothing"]),
            _ => throw new WanSubmissionUnknownException(record.ClientRequestId, [$"the service's log has {found.Count} generations under this id"])
            {
                CandidateGenerationIds = [.. found.Select(generation => generation.Id)],
            },
        };
    }

    private JobOutcome Unknown(SubmissionRecord record, string reason, GenerationOutcome outcome)
    {
        var age = Age(record);
        if (age < options.UnknownAfter)
            return JobOutcome.Later(TimeSpan.FromMinutes(1), reason);
        // A person may have found it since, and the journal has it then. The service's log is searched for a week.
        var next = TimeSpan.FromHours(age < TimeSpan.FromDays(7) ? 1 : 24);
        return record.Job!.IsUnknownHanded ? JobOutcome.Later(next, reason) : JobOutcome.Unknown(outcome, next);
    }

    private static WanSubmissionUnknownException Unknown(SubmissionRecord record, WanApiException e) =>
        new(record.ClientRequestId, [$"the service does not find generation '{record.GenerationId}'"], e) { GenerationId = record.GenerationId };

    private TimeSpan Age(SubmissionRecord record) => time.GetUtcNow() - (record.StartedAt ?? record.RecordedAt);

    private static GenerationOutcome Outcome(SubmissionRecord record, VideoGeneration? generation, Exception? error) => new()
    {
        ClientRequestId = record.ClientRequestId,
        Generation = generation is null ? null : generation with { ClientRequestId = record.ClientRequestId },
        Error = error,
    };
}
