namespace Wan27.Sdk;

/// <summary>
/// Remembers submissions beyond the life of a process, so that none is paid twice and none is lost. With one, <see cref="IWanVideoClient.CreateAsync"/>
/// under a <see cref="VideoGenerationRequest.ClientRequestId"/> of the caller's is create-or-resume. <see cref="FileSubmissionJournal"/> is one;
/// implement it over your database to share it between machines.
/// </summary>
public interface ISubmissionJournal
{
    /// <summary>
    /// Writes an intent down, durably, before anything is sent; unless the id is already there in any state but <see cref="SubmissionState.Refused"/>.
    /// Finding out and writing must be one step: of two callers with one id, one gets null.
    /// </summary>
    /// <param name="intent">The entry, in state <see cref="SubmissionState.Intended"/>.</param>
    /// <param name="cancellationToken">Cancels, as long as nothing is written.</param>
    /// <returns>The latest entry that stands in the way, and then nothing was written; null when the intent was written.</returns>
    ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default);

    /// <summary>Writes down what has become of a submission.</summary>
    /// <param name="record">The entry that replaces the one before it.</param>
    /// <param name="cancellationToken">Cancels, as long as nothing is written.</param>
    ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default);

    /// <summary>The latest entry of each submission that is <see cref="SubmissionState.Intended"/> or <see cref="SubmissionState.Accepted"/>, oldest first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default);
}
