using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Jobs;

/// <summary>A job that this instance has claimed, and whose claim it extends until it is disposed.</summary>
internal sealed class JobClaim : IAsyncDisposable
{
    private readonly string owner;
    private readonly ISubmissionJobStore jobs;
    private readonly TimeSpan claimTime;
    private readonly ILogger log;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task extending;
    private DateTimeOffset claimedUntil;

    public JobClaim(SubmissionRecord record, string owner, ISubmissionJobStore jobs, TimeSpan claimTime, ILogger log, TimeProvider time)
    {
        (Record, this.owner, this.jobs, this.claimTime, this.log, this.time) = (record, owner, jobs, claimTime, log, time);
        claimedUntil = record.Job!.DueAt;
        extending = ExtendAsync();
    }

    /// <summary>Gets the submission as it was when it was claimed.</summary>
    public SubmissionRecord Record { get; }

    public string ClientRequestId => Record.ClientRequestId;

    public SubmissionJob Job => Record.Job!;

    /// <summary>Gets a token that is canceled when another instance may have claimed the job.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Ends the job: nothing is left to do.</summary>
    public Task EndAsync() => UpdateAsync(null);

    /// <summary>Leaves the job to whoever claims it from a time on.</summary>
    public Task ReleaseAsync(DateTimeOffset dueAt, bool isUnknownHanded, int failures) =>
        UpdateAsync(new SubmissionJob { DueAt = dueAt, IsUnknownHanded = isUnknownHanded, Failures = failures });

    public async ValueTask DisposeAsync()
    {
        await StopExtendingAsync().ConfigureAwait(false);
        ended.Dispose();
        lost.Dispose();
    }

    private async Task UpdateAsync(SubmissionJob? job)
    {
        await StopExtendingAsync().ConfigureAwait(false);
        if (!await jobs.UpdateJobAsync(ClientRequestId, owner, job, CancellationToken.None).ConfigureAwait(false))
            log.ClaimLost(ClientRequestId);
    }

    private async Task StopExtendingAsync()
    {
        await ended.CancelAsync().ConfigureAwait(false);
        await extending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ExtendAsync()
    {
        while (true)
        {
            await Task.Delay(claimTime / 3, time, ended.Token).ConfigureAwait(false);
            var until = time.GetUtcNow() + claimTime;
            try
            {
                if (await jobs.UpdateJobAsync(ClientRequestId, owner, Job with { DueAt = until }, ended.Token).ConfigureAwait(false))
                {
                    claimedUntil = until;
                    continue;
                }
            }
            catch (Exception e) when (!ended.IsCancellationRequested)
            {
                log.JournalFailed(e.GetType().Name, (claimTime / 3).TotalSeconds);
                if (time.GetUtcNow() + (claimTime / 3) < claimedUntil)
                    continue;
            }

            log.ClaimLost(ClientRequestId);
            await lost.CancelAsync().ConfigureAwait(false);
            return;
        }
    }
}
