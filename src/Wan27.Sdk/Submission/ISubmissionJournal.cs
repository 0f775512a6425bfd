namespace Wan27.Sdk;

/// <summary>
/// Records submissions and their prices beyond the life of a process, so that none is paid twice or lost, and so that a <see cref="SpendingBudget"/>
/// holds for everyone who uses the journal. With a journal, <see cref="IWanVideoClient.CreateAsync"/> with a
/// <see cref="VideoGenerationRequest.ClientRequestId"/> of the application creates or resumes. <see cref="FileSubmissionJournal"/> is an
/// implementation; the package Wan27.Sdk.EntityFrameworkCore has one in a database, which machines can share.
/// </summary>
public interface ISubmissionJournal
{
    /// <summary>
    /// Records an intent durably, before anything is sent, unless the id is recorded in a state other than <see cref="SubmissionState.Refused"/> or a
    /// limit does not allow it. The checks and the write must be one step: of two callers with one id, one may send, and two callers never fit into
    /// what is left for one.
    /// </summary>
    /// <param name="intent">The record, in state <see cref="SubmissionState.Intended"/>.</param>
    /// <param name="limits">The limits. An id that is known is returned whatever they are.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>Whether the intent was recorded; otherwise the known record, or the totals that do not allow it.</returns>
    ValueTask<SubmissionStart> TryBeginAsync(SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default);

    /// <summary>Records what became known of a submission, by the rule of <see cref="SubmissionChange.ApplyTo"/>. A submission that is not known is not an error.</summary>
    /// <param name="change">What became known.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>Completes when the change is durable.</returns>
    ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default);

    /// <summary>Reads the latest record of each submission that <see cref="SubmissionRecord.IsPending"/>.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The records, oldest first.</returns>
    ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads what is spent and reserved.</summary>
    /// <param name="budget">The name of the budget; null for the default budget.</param>
    /// <param name="account">The account whose submissions in progress are counted; null for the default account.</param>
    /// <param name="limits">The period of the budget, and since when a submission counts as in progress.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The totals.</returns>
    ValueTask<SubmissionTotals> ReadTotalsAsync(string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default);
}
