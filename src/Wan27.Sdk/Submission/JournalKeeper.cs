using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Submission;

/// <summary>Keeps the caller's journal, if there is one: what is written when, and what an earlier entry means.</summary>
internal sealed class JournalKeeper(ISubmissionJournal? journal, ClientTelemetry telemetry, TimeProvider time)
{
    /// <summary>How long a journal may still take when the caller has cancelled: enough for a disk, too little to be noticed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    /// <summary>Writes the intent down before anything is sent; returns the earlier submission that it turns out to repeat.</summary>
    /// <exception cref="WanValidationException">The id was used for another request.</exception>
    /// <exception cref="WanJournalException">The journal could not be written; nothing was sent.</exception>
    public async Task<SubmissionRecord?> TryBeginAsync(
        string clientRequestId, VideoGenerationRequest request, RequestBody body, CancellationToken cancellationToken)
    {
        if (journal is null)
            return null;
        var intent = new SubmissionRecord
        {
            ClientRequestId = clientRequestId,
            Fingerprint = await body.FingerprintAsync(cancellationToken).ConfigureAwait(false),
            Model = request.Model,
            State = SubmissionState.Intended,
            RecordedAt = time.GetUtcNow(),
        };
        var known = await WrittenAsync(token => journal.TryBeginAsync(intent, token), cancellationToken).ConfigureAwait(false);
        if (known is not null && known.Fingerprint != intent.Fingerprint)
        {
            throw new WanValidationException([new RequestProblem(
                nameof(request.ClientRequestId), $"'{clientRequestId}' was used for another request at {known.RecordedAt:u}; use a new id")]);
        }

        return known;
    }

    /// <summary>Writes down how a submission ended.</summary>
    public Task SettledAsync(string clientRequestId, SubmissionState state, string? generationId, CancellationToken cancellationToken) => TryReplaceAsync(
        record => record.ClientRequestId == clientRequestId,
        record => record with { State = state, GenerationId = generationId ?? record.GenerationId },
        cancellationToken);

    /// <summary>Writes down that a task needs nothing more.</summary>
    public Task FinishedAsync(VideoGeneration generation, CancellationToken cancellationToken = default) => TryReplaceAsync(
        record => record.GenerationId == generation.Id,
        record => record with { State = SubmissionState.Finished },
        cancellationToken);

    /// <exception cref="WanJournalException">The journal could not be read.</exception>
    public async Task<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken) => journal is null
        ? throw new InvalidOperationException($"There is no journal: set {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.Journal)} or register one.")
        : await WrittenAsync(journal.ReadPendingAsync, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Replaces an entry. A failure to do so is passed over: the old one then still says that a task may exist, which costs a search later and
    /// never a second payment. So is a journal that does not come to an end when the caller has cancelled.
    /// </summary>
    private async Task TryReplaceAsync(
        Func<SubmissionRecord, bool> isIt, Func<SubmissionRecord, SubmissionRecord> change, CancellationToken cancellationToken)
    {
        if (journal is null)
            return;
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var cancelling = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(Grace), end);
        try
        {
            var pending = await journal.ReadPendingAsync(end.Token).ConfigureAwait(false);
            if (pending.FirstOrDefault(isIt) is { } known)
                await journal.RecordAsync(change(known) with { RecordedAt = time.GetUtcNow() }, end.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            telemetry.Log.JournalNotWritten(e);
        }
    }

    private static async Task<T> WrittenAsync<T>(Func<CancellationToken, ValueTask<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            return await use(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A file's error names the file; what another journal says may be more than its caller wants to show.
            var reason = e is IOException or UnauthorizedAccessException ? e.Message : e.GetType().Name;
            throw new WanJournalException($"The submission journal could not be used, and nothing was sent: {reason.TrimEnd('.')}.", e);
        }
    }
}
