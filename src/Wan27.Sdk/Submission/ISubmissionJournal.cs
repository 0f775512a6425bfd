namespace Wan27.Sdk;

/// <summary>
/// Records submissions beyond the life of a process, so that none is paid twice or lost. With a journal, <see cref="IWanVideoClient.CreateAsync"/>
/// with a <see cref="VideoGenerationRequest.ClientRequestId"/> of the application creates or resumes. <see cref="FileSubmissionJournal"/> is an
/// implementation; implement it with a database to share it between machines.
/// </summary>
public interface ISubmissionJournal
{
    /// <summary>
    /// Records an intent durably, before anything is sent, unless the id is recorded in a state other than <see cref="SubmissionState.Refused"/>.
    /// The check and the write must be one step: of two callers with one id, one gets null.
    /// </summary>
    /// <param name="intent">The record, in state <see cref="SubmissionState.Intended"/>.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>The latest record with the id, and then nothing was written; null if the intent was written.</returns>
    ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default);

    /// <summary>Records the outcome of a submission.</summary>
    /// <param name="record">The record that replaces the previous one.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>Completes when the record is durable.</returns>
    ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the latest record of each submission that is <see cref="SubmissionState.Intended"/> or <see cref="SubmissionState.Accepted"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The records, oldest first.</returns>
    ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds one record that <see cref="ReadPendingAsync"/> would return, by one of its ids. The default implementation reads all of them.
    /// </summary>
    /// <param name="clientRequestId">The id under which the request was submitted; null to search by <paramref name="generationId"/>.</param>
    /// <param name="generationId">The id of the generation; ignored unless <paramref name="clientRequestId"/> is null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The record; null if none is pending.</returns>
    async ValueTask<SubmissionRecord?> FindPendingAsync(string? clientRequestId, string? generationId, CancellationToken cancellationToken = default)
    {
        var pending = await ReadPendingAsync(cancellationToken).ConfigureAwait(false);
        return pending.FirstOrDefault(record => clientRequestId is not null ? record.ClientRequestId == clientRequestId : record.GenerationId == generationId);
    }
}
