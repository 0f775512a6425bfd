using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Submission;

/// <summary>Keeps the caller's journal, if there is one: what is written when, and what an earlier entry means.</summary>
internal sealed class JournalKeeper(ISubmissionJournal? journal, TimeProvider time)
{
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

    /// <summary>
    /// Writes down how a submission ended. A failure to do so is passed over: the entry then still says that a task may exist,
    /// which costs a search later and never a second payment.
    /// </summary>
    public async Task SettledAsync(string clientRequestId, SubmissionState state, string? generationId)
    {
        if (journal is null || await FindAsync(record => record.ClientRequestId == clientRequestId).ConfigureAwait(false) is not { } known)
            return;
        await TryRecordAsync(known with { State = state, GenerationId = generationId ?? known.GenerationId }).ConfigureAwait(false);
    }

    /// <summary>Writes down that a task needs nothing more.</summary>
    public async Task FinishedAsync(VideoGeneration generation)
    {
        if (journal is null || await FindAsync(record => record.GenerationId == generation.Id).ConfigureAwait(false) is not { } known)
            return;
        await TryRecordAsync(known with { State = SubmissionState.Finished }).ConfigureAwait(false);
    }

    /// <exception cref="WanJournalException">The journal could not be read.</exception>
    public async Task<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken) => journal is null
        ? throw new InvalidOperationException($"There is no journal: set {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.Journal)} or register one.")
        : await WrittenAsync(journal.ReadPendingAsync, cancellationToken).ConfigureAwait(false);

    private async Task<SubmissionRecord?> FindAsync(Func<SubmissionRecord, bool> isIt)
    {
        try
        {
            return (await journal!.ReadPendingAsync().ConfigureAwait(false)).FirstOrDefault(isIt);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private async Task TryRecordAsync(SubmissionRecord record)
    {
        try
        {
            await journal!.RecordAsync(record with { RecordedAt = time.GetUtcNow() }).ConfigureAwait(false);
        }
        catch (Exception)
        {
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
            throw new WanJournalException("The submission journal could not be used, and nothing was sent.", e);
        }
    }
}
