using System.Diagnostics.CodeAnalysis;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Submission;

/// <summary>
/// Keeps a submission back while as many of the account are in progress as are allowed. The callers of a client take turns, so that one of them
/// asks; it also reads the generations in progress, because their callers do not have to.
/// </summary>
/// <param name="max">How many may be in progress; null for no limit.</param>
/// <param name="timeout">How long a submission is kept back.</param>
/// <param name="reader">Reads generations.</param>
/// <param name="journal">Knows what is in progress, if there is a journal.</param>
/// <param name="spending">Knows it otherwise.</param>
/// <param name="telemetry">Logs that a submission is kept back.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Varies the pauses.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle: a client may be used while it is disposed.")]
internal sealed class SubmissionQueue(
    int? max, TimeSpan timeout, ApiReader reader, JournalWriter journal, BudgetReservations spending, ClientTelemetry telemetry, TimeProvider time, Random random)
{
    /// <summary>After this time a submission does not count as in progress, because its generation must be over: its process may have crashed.</summary>
    public static readonly TimeSpan LongestGeneration = TimeSpan.FromHours(1);

    private static readonly Backoff Interval = new(TimeSpan.FromSeconds(2), 1.5, TimeSpan.FromSeconds(15), 0.5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private int waiting;

    /// <summary>Gets how many may be in progress for a submission that does not wait. It must not pass those that do: with 0, a journal only looks for its id.</summary>
    public int? Limit => Volatile.Read(ref waiting) > 0 ? 0 : max;

    /// <summary>Records the intent as soon as the limits allow it.</summary>
    /// <returns>The intent's record, or the earlier submission with the id.</returns>
    /// <exception cref="WanQueueTimeoutException">Too many were in progress until the timeout; nothing was recorded.</exception>
    public async Task<SubmissionStart> BeginAsync(string clientRequestId, SubmissionIntent? intent, CancellationToken cancellationToken)
    {
        var start = await TryBeginAsync(clientRequestId, intent, Limit, cancellationToken).ConfigureAwait(false);
        if (IsOver(start))
            return start;
        if (timeout == TimeSpan.Zero)
            throw new WanQueueTimeoutException(max!.Value, timeout);
        telemetry.Log.SubmissionQueued(clientRequestId, max!.Value);
        var deadline = new Deadline(timeout, time);
        using var limit = deadline.Limit(TimeSpan.Zero, cancellationToken);
        Interlocked.Increment(ref waiting);
        try
        {
            await turn.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                return await WaitAsync(clientRequestId, intent, limit.Token, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WanQueueTimeoutException(max.Value, timeout, e);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    // The timeout does not end a write to the journal, after which it would be unknown whether the intent is recorded.
    private async Task<SubmissionStart> WaitAsync(string clientRequestId, SubmissionIntent? intent, CancellationToken timeLimit, CancellationToken cancellationToken)
    {
        for (var pass = 0; ; pass++)
        {
            await ReadRunningAsync(timeLimit).ConfigureAwait(false);
            var start = await TryBeginAsync(clientRequestId, intent, max, cancellationToken).ConfigureAwait(false);
            if (IsOver(start))
                return start;
            await Task.Delay(Interval.Delay(pass, random), time, timeLimit).ConfigureAwait(false);
        }
    }

    private async Task<SubmissionStart> TryBeginAsync(string clientRequestId, SubmissionIntent? intent, int? most, CancellationToken cancellationToken) =>
        intent is not null
            ? await journal.TryBeginAsync(intent, most, cancellationToken).ConfigureAwait(false)
            : new SubmissionStart { IsRecorded = most is not { } count || spending.TryBegin(clientRequestId, count), Totals = new SubmissionTotals() };

    // Each generation that is over makes place for a submission. One that cannot be read counts on.
    private async Task ReadRunningAsync(CancellationToken cancellationToken)
    {
        var running = journal.IsKept
            ? await journal.ReadRunningAsync(time.GetUtcNow() - LongestGeneration, cancellationToken).ConfigureAwait(false)
            : spending.RunningIds;
        foreach (var id in running)
        {
            try
            {
                var generation = await reader.ReadGenerationAsync(id, Redactor.None, cancellationToken).ConfigureAwait(false);
                await journal.ObservedAsync(generation, cancellationToken).ConfigureAwait(false);
            }
            catch (WanException e)
            {
                telemetry.Log.RunningNotRead(id, Reasons.TypeOf(e));
            }
        }
    }

    private static bool IsOver(SubmissionStart start) => start.IsRecorded || start.Known is not null;
}
