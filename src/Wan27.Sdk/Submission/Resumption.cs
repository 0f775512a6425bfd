using System.Runtime.CompilerServices;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Submission;

/// <summary>Resumes submissions that an earlier call or an earlier process started. Nothing is sent again.</summary>
internal sealed class Resumption(ApiReader reader, Reconciler reconciler, JournalWriter journal, ClientTelemetry telemetry)
{
    /// <summary>
    /// Resumes an earlier submission with the same id, whose sender may still be running: what the journal learns from it is used. Otherwise it is
    /// searched until the deadline.
    /// </summary>
    /// <param name="known">The earlier submission.</param>
    /// <param name="beginAgain">Reads the latest record of the earlier submission; if it was refused, records the intent of this one.</param>
    /// <param name="redactor">Knows what the service must not repeat.</param>
    /// <param name="cancellationToken">Stops resuming.</param>
    /// <returns>The generation; null if the earlier submission was refused.</returns>
    public async Task<VideoGeneration?> ResumeAsync(
        SubmissionRecord known, Func<CancellationToken, Task<SubmissionStart>> beginAgain, Redactor redactor, CancellationToken cancellationToken)
    {
        telemetry.Log.SubmissionResumed(known.ClientRequestId, known.State.ToString());
        SubmissionRecord? latest = known;
        if (known.GenerationId is null)
        {
            var trace = TraceOf(known) with { Redactor = redactor, IsKnownElsewhere = LookAgainAsync };
            if (await reconciler.FollowAsync(trace, cancellationToken).ConfigureAwait(false) is { } found)
                return await FoundAsync(known, found, cancellationToken).ConfigureAwait(false);
        }

        return latest is null ? null : await ResumeKnownAsync(latest, redactor, cancellationToken).ConfigureAwait(false);

        async Task<bool> LookAgainAsync(CancellationToken token)
        {
            try
            {
                latest = (await beginAgain(token).ConfigureAwait(false)).Known;
                return latest is not { GenerationId: null };
            }
            catch (WanException e) when (e is not WanValidationException { IsBudgetExceeded: true })
            {
                return false;
            }
        }
    }

    private async Task<VideoGeneration> ResumeKnownAsync(SubmissionRecord known, Redactor redactor, CancellationToken cancellationToken)
    {
        var generation = await ReadAsync(known.GenerationId!, known, redactor, cancellationToken).ConfigureAwait(false);
        return await FoundAsync(known, generation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads every submission of the journal that is not finished: its generation, or why none is known. A failure does not affect the others.</summary>
    public async IAsyncEnumerable<GenerationOutcome> FindPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in await journal.ReadPendingAsync(cancellationToken).ConfigureAwait(false))
        {
            GenerationOutcome outcome;
            try
            {
                outcome = new GenerationOutcome { ClientRequestId = record.ClientRequestId, Generation = await RecoverAsync(record, cancellationToken).ConfigureAwait(false) };
            }
            catch (WanException e)
            {
                e.AddContext(record.GenerationId, record.ClientRequestId);
                outcome = new GenerationOutcome { ClientRequestId = record.ClientRequestId, Generation = (e as WanGenerationFailedException)?.Generation, Error = e };
            }

            yield return outcome;
        }
    }

    private async Task<VideoGeneration> RecoverAsync(SubmissionRecord record, CancellationToken cancellationToken)
    {
        if (record.GenerationId is not null)
            return await ResumeKnownAsync(record, Redactor.None, cancellationToken).ConfigureAwait(false);
        var found = await reconciler.SearchLogAsync(record.ClientRequestId, record.RecordedAt, cancellationToken).ConfigureAwait(false);
        return found switch
        {
            [(_, { } only)] => await FoundAsync(record, only, cancellationToken).ConfigureAwait(false),
            [] => throw TraceOf(record).Unknown("the service's log has no generation under this id, which proves nothing", []),
            [var (id, _)] => throw TraceOf(record).Unknown($"the service's log names generation '{id}', which the service does not find", [id]),
            _ => throw TraceOf(record).Unknown($"the service's log has {found.Count} generations under this id", [.. found.Select(one => one.Id)]),
        };
    }

    private async Task<VideoGeneration> ReadAsync(string id, SubmissionRecord known, Redactor redactor, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadGenerationAsync(id, redactor, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw WanCanceledException.Of(
                $"Canceled while reading generation '{id}', which was accepted earlier; resume with WaitAsync(\"{id}\").",
                new VideoGeneration { Id = id, ClientRequestId = known.ClientRequestId },
                e,
                cancellationToken);
        }
    }

    private async Task<VideoGeneration> FoundAsync(SubmissionRecord record, VideoGeneration found, CancellationToken cancellationToken)
    {
        var generation = found with { ClientRequestId = record.ClientRequestId };
        if (record.State is SubmissionState.Intended || !generation.Status.IsPending)
            await journal.AcceptedAsync(record.ClientRequestId, generation, cancellationToken).ConfigureAwait(false);
        return generation.Status.IsFailed ? throw new WanGenerationFailedException(generation) : generation;
    }

    private static SubmissionTrace TraceOf(SubmissionRecord record) =>
        new(record.ClientRequestId, SubmissionPhase.Sent, $"it was started at {record.RecordedAt:u}, and the journal has no end of it")
        {
            Window = (record.RecordedAt, Reconciler.LocalClockReach),
        };
}
