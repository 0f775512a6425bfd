namespace Wan27.Sdk;

/// <summary>
/// Remembers submissions beyond the life of a process, so that none is paid twice and none is lost. With a journal, <see cref="IWanVideoClient.CreateAsync"/>
/// under a <see cref="VideoGenerationRequest.ClientRequestId"/> of the caller's creates or resumes. <see cref="FileSubmissionJournal"/> is one;
/// implement it over a database to share it between machines.
/// </summary>
public interface ISubmissionJournal
{
    /// <summary>
    /// Records an intent, durably, before anything is sent; unless the id is already there in any state but <see cref="SubmissionState.Refused"/>.
    /// The check and the write must be one step: of two callers with one id, one gets null.
    /// </summary>
    /// <param name="intent">The entry, in state <see cref="SubmissionState.Intended"/>.</param>
    /// <param name="cancellationToken">Cancels, as long as nothing is written.</param>
    /// <returns>The latest entry with the id, and then nothing was written; null when the intent was written.</returns>
    ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default);

    /// <summary>Records what became of a submission.</summary>
    /// <param name="record">The entry that replaces the one before it.</param>
    /// <param name="cancellationToken">Cancels, as long as nothing is written.</param>
    ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default);

    /// <summary>Reads the latest entry of each submission that is <see cref="SubmissionState.Intended"/> or <see cref="SubmissionState.Accepted"/>, oldest first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds one entry that <see cref="ReadPendingAsync"/> would return, by one of its ids. The default implementation reads all of them.</summary>
    /// <param name="clientRequestId">The id under which the submission was sent; null to search by <paramref name="generationId"/>.</param>
    /// <param name="generationId">The generation's id; ignored unless <paramref name="clientRequestId"/> is null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entry; null if none is pending.</returns>
    async ValueTask<SubmissionRecord?> FindPendingAsync(string? clientRequestId, string? generationId, CancellationToken cancellationToken = default)
    {
        var pending = await ReadPendingAsync(cancellationToken).ConfigureAwait(false);
        return pending.FirstOrDefault(record => clientRequestId is not null ? record.ClientRequestId == clientRequestId : record.GenerationId == generationId);
    }
}
