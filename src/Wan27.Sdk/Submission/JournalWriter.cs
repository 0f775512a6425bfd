using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Submission;

/// <summary>Keeps the caller's journal, if there is one: what is written when, and what an earlier entry means.</summary>
/// <param name="journal">The journal; null if there is none.</param>
/// <param name="account">The account whose submissions are this client's.</param>
/// <param name="createsJobs">Whether each submission is recorded with a job.</param>
/// <param name="spending">The budget, which a journal holds.</param>
/// <param name="telemetry">Logs what could not be written.</param>
/// <param name="time">The clock.</param>
internal sealed class JournalWriter(
    ISubmissionJournal? journal, string? account, bool createsJobs, BudgetReservations spending, ClientTelemetry telemetry, TimeProvider time)
{
    /// <summary>How long a journal may still take after the caller has canceled: enough for a disk, too little to be noticed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a submission usually takes to be accepted: before, there is nothing to do for its job.</summary>
    private static readonly TimeSpan JobDelay = TimeSpan.FromSeconds(5);

    /// <summary>Gets a value indicating whether there is a journal.</summary>
    public bool IsKept => journal is not null;

    /// <summary>Describes a submission that is about to begin; null if there is no journal.</summary>
    public async Task<SubmissionIntent?> IntendAsync(
        string clientRequestId, VideoGenerationRequest request, RequestBody body, GenerationCost price, CancellationToken cancellationToken)
    {
        if (journal is null)
            return null;
        var now = time.GetUtcNow();
        var record = new SubmissionRecord
        {
            ClientRequestId = clientRequestId,
            Fingerprint = await body.FingerprintAsync(cancellationToken).ConfigureAwait(false),
            Model = request.Model,
            State = SubmissionState.Intended,
            Account = account,
            Budget = spending.Name,
            EstimatedUsd = price.Usd,
            StartedAt = now,
            RecordedAt = now,
        };
        return new SubmissionIntent(record, price);
    }

    /// <summary>Records the intent, and reserves its price in the same step, before anything is sent.</summary>
    /// <param name="intent">The intent, which counts from now on.</param>
    /// <param name="maxInProgress">How many submissions of the account may be in progress; null for no limit.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>Whether it was recorded; otherwise the earlier submission with the same id; otherwise too many are in progress.</returns>
    /// <exception cref="WanValidationException">The id was used for another request, or by another account, or the request does not fit into the budget.</exception>
    /// <exception cref="WanConfigurationException">The journal could not be written; nothing was sent.</exception>
    public async Task<SubmissionStart> TryBeginAsync(SubmissionIntent intent, int? maxInProgress, CancellationToken cancellationToken)
    {
        // A submission that was kept back for long starts now: it counts in today's budget, and as in progress from now on.
        var now = time.GetUtcNow();
        var record = intent.Record with { StartedAt = now, RecordedAt = now, Job = createsJobs ? new SubmissionJob { DueAt = now + JobDelay } : null };
        var limits = spending.Limits() with { MaxInProgress = maxInProgress, InProgressSince = now - SubmissionQueue.LongestGeneration };
        var start = await WrittenAsync(token => journal!.TryBeginAsync(record, limits, token), cancellationToken).ConfigureAwait(false);
        spending.Show(start.Totals);
        if (start.Known is { } known)
            return IsSame(known, record) ? start : throw Misused(known);
        var isFull = limits.FitsBudget(record, start.Totals) && !limits.FitsInProgress(start.Totals);
        return start.IsRecorded || isFull ? start : throw spending.Refusal(intent.Price);
    }

    /// <summary>Records that a submission created no generation.</summary>
    public Task RefusedAsync(string clientRequestId, CancellationToken cancellationToken) =>
        TryUpdateAsync(new SubmissionChange { ClientRequestId = clientRequestId, State = SubmissionState.Refused, RecordedAt = time.GetUtcNow() }, cancellationToken);

    /// <summary>Records the generation of a submission, and what is known of it.</summary>
    public Task AcceptedAsync(string clientRequestId, VideoGeneration generation, CancellationToken cancellationToken) =>
        TryUpdateAsync(ChangeOf(clientRequestId, generation, StateOf(generation)), cancellationToken);

    /// <summary>Records that a generation was read that is over, and what it cost. One in progress is not news.</summary>
    public Task ObservedAsync(VideoGeneration generation, CancellationToken cancellationToken) => !IsKept || StateOf(generation) is SubmissionState.Accepted
        ? Task.CompletedTask
        : TryUpdateAsync(ChangeOf(null, generation, StateOf(generation)), cancellationToken);

    /// <summary>Records what a generation cost, if that is final.</summary>
    public Task PaidAsync(VideoGeneration generation, GenerationCost cost, CancellationToken cancellationToken) =>
        cost.IsFinal ? TryUpdateAsync(ChangeOf(null, generation with { Cost = cost }, SubmissionState.Accepted), cancellationToken) : Task.CompletedTask;

    /// <summary>Records that a generation needs nothing more.</summary>
    public Task FinishedAsync(VideoGeneration generation, CancellationToken cancellationToken = default) =>
        TryUpdateAsync(ChangeOf(null, generation, SubmissionState.Finished), cancellationToken);

    /// <summary>Reads what is pending of this account.</summary>
    /// <exception cref="WanConfigurationException">The journal could not be read.</exception>
    public async Task<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken)
    {
        if (journal is null)
            throw new InvalidOperationException($"There is no journal: set {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.Journal)} or register one.");
        var pending = await WrittenAsync(journal.ReadPendingAsync, cancellationToken).ConfigureAwait(false);
        return [.. pending.Where(record => record.Account == account)];
    }

    /// <summary>Reads the generations of this account that are in progress.</summary>
    /// <param name="since">What was started before is over.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanConfigurationException">The journal could not be read.</exception>
    public async Task<IReadOnlyList<string>> ReadRunningAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var pending = await ReadPendingAsync(cancellationToken).ConfigureAwait(false);
        return [.. pending.Where(record => record.IsInProgress && (record.StartedAt ?? record.RecordedAt) >= since).Select(record => record.GenerationId).OfType<string>()];
    }

    /// <summary>
    /// Changes an entry. A failure to do so is only logged: according to the old entry a generation may exist, which costs a search later and
    /// never a second payment. So is a journal that does not finish when the caller has canceled.
    /// </summary>
    private async Task TryUpdateAsync(SubmissionChange change, CancellationToken cancellationToken)
    {
        if (journal is null)
            return;
        using var end = new TimeLimit(Timeout.InfiniteTimeSpan, time, CancellationToken.None);
        using var canceling = cancellationToken.UnsafeRegister(static state => ((TimeLimit)state!).Restart(Grace), end);
        try
        {
            await journal.UpdateAsync(change with { Account = account }, end.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            telemetry.Log.JournalNotWritten(e);
        }
    }

    private SubmissionChange ChangeOf(string? clientRequestId, VideoGeneration generation, SubmissionState state) => new()
    {
        ClientRequestId = clientRequestId,
        GenerationId = generation.Id,
        State = state,
        ActualUsd = generation.Cost.IsFinal ? generation.Cost.Usd : null,
        RecordedAt = time.GetUtcNow(),
    };

    private static SubmissionState StateOf(VideoGeneration generation) =>
        generation.Status.IsFailed ? SubmissionState.Finished
        : generation.Status.IsSucceeded ? SubmissionState.Completed
        : SubmissionState.Accepted;

    private static bool IsSame(SubmissionRecord known, SubmissionRecord intent) =>
        known.Fingerprint == intent.Fingerprint && known.Account == intent.Account;

    private WanValidationException Misused(SubmissionRecord known) => new([new RequestProblem(
        nameof(VideoGenerationRequest.ClientRequestId),
        $"'{known.ClientRequestId}' was used {(known.Account != account ? "by another account" : "for another request")} at {known.RecordedAt:u}; use a new id")]);

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
