using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Submission;

/// <summary>Keeps the caller's journal, if there is one: what is written when, and what an earlier entry means.</summary>
/// <param name="journal">The journal; null if there is none.</param>
/// <param name="account">The account whose submissions are this client's.</param>
/// <param name="telemetry">Logs what could not be written.</param>
/// <param name="time">The clock.</param>
internal sealed class JournalWriter(ISubmissionJournal? journal, string? account, ClientTelemetry telemetry, TimeProvider time)
{
    /// <summary>How long a journal may still take after the caller has canceled: enough for a disk, too little to be noticed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    /// <summary>Describes a submission that is about to begin; null if there is no journal.</summary>
    public async Task<SubmissionRecord?> IntendAsync(
        string clientRequestId, VideoGenerationRequest request, RequestBody body, CancellationToken cancellationToken) => journal is null ? null : new SubmissionRecord
        {
            ClientRequestId = clientRequestId,
            Fingerprint = await body.FingerprintAsync(cancellationToken).ConfigureAwait(false),
            Model = request.Model,
            State = SubmissionState.Intended,
            Account = account,
            RecordedAt = time.GetUtcNow(),
        };

    /// <summary>Records the intent before anything is sent; returns the earlier submission with the same id, if there is one.</summary>
    /// <exception cref="WanValidationException">The id was used for another request, or by another account.</exception>
    /// <exception cref="WanConfigurationException">The journal could not be written; nothing was sent.</exception>
    public async Task<SubmissionRecord?> TryBeginAsync(SubmissionRecord? intent, CancellationToken cancellationToken)
    {
        if (journal is null || intent is null)
            return null;
        var known = await WrittenAsync(token => journal.TryBeginAsync(intent, token), cancellationToken).ConfigureAwait(false);
        if (known is not null && (known.Fingerprint != intent.Fingerprint || known.Account != account))
        {
            throw new WanValidationException([new RequestProblem(
                nameof(VideoGenerationRequest.ClientRequestId),
                $"'{intent.ClientRequestId}' was used {(known.Account != account ? "by another account" : "for another request")} at {known.RecordedAt:u}; use a new id")]);
        }

        return known;
    }

    /// <summary>Records how a submission ended.</summary>
    public Task SettledAsync(string clientRequestId, SubmissionState state, string? generationId, CancellationToken cancellationToken) => TryReplaceAsync(
        clientRequestId,
        null,
        record => record with { State = state, GenerationId = generationId ?? record.GenerationId },
        cancellationToken);

    /// <summary>Records that a generation needs nothing more.</summary>
    public Task FinishedAsync(VideoGeneration generation, CancellationToken cancellationToken = default) => TryReplaceAsync(
        null,
        generation.Id,
        record => record with { State = SubmissionState.Finished },
        cancellationToken);

    /// <summary>Reads what is pending of this account.</summary>
    /// <exception cref="WanConfigurationException">The journal could not be read.</exception>
    public async Task<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken)
    {
        if (journal is null)
            throw new InvalidOperationException($"There is no journal: set {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.Journal)} or register one.");
        var pending = await WrittenAsync(journal.ReadPendingAsync, cancellationToken).ConfigureAwait(false);
        return [.. pending.Where(record => record.Account == account)];
    }

    /// <summary>
    /// Replaces an entry. A failure to do so is only logged: according to the old entry a generation may exist, which costs a search later and
    /// never a second payment. So is a journal that does not finish when the caller has canceled.
    /// </summary>
    private async Task TryReplaceAsync(
        string? clientRequestId, string? generationId, Func<SubmissionRecord, SubmissionRecord> change, CancellationToken cancellationToken)
    {
        if (journal is null)
            return;
        using var end = new TimeLimit(Timeout.InfiniteTimeSpan, time, CancellationToken.None);
        using var canceling = cancellationToken.UnsafeRegister(static state => ((TimeLimit)state!).Restart(Grace), end);
        try
        {
            var known = await journal.FindPendingAsync(clientRequestId, generationId, end.Token).ConfigureAwait(false);
            if (known is not null && known.Account == account)
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
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A file's error names the file; the message of another journal may contain more than the application wants to show.
            var reason = e is IOException or UnauthorizedAccessException ? e.Message : e.GetType().Name;
            throw new WanConfigurationException(nameof(WanVideoClientOptions.Journal), $"The submission journal could not be used, and nothing was sent: {reason.TrimEnd('.')}.", e);
        }
    }
}
