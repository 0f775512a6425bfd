using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Jobs;

/// <summary>The jobs of one account in the journal.</summary>
internal sealed class JobStore(
    ISubmissionJournal journal, ISubmissionJobStore jobs, string? account, TimeSpan claimTime, ILogger log, TimeProvider time)
{
    /// <summary>Gives a job to each pending submission that an earlier version, or a client without jobs, has started.</summary>
    public async Task AddMissingAsync(CancellationToken cancellationToken) =>
        await jobs.AddJobsAsync(account, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);

    /// <summary>Claims jobs that are due.</summary>
    public async Task<IReadOnlyList<JobClaim>> ClaimAsync(int count, CancellationToken cancellationToken)
    {
        var (owner, now) = (Guid.NewGuid().ToString("N"), time.GetUtcNow());
        var claimed = await jobs.ClaimJobsAsync(account, owner, count, now, now + claimTime, cancellationToken).ConfigureAwait(false);
        return [.. claimed.Select(record => new JobClaim(record, owner, jobs, claimTime, log, time))];
    }

    /// <summary>Records that a generation needs nothing more.</summary>
    public async Task FinishAsync(JobClaim claim, VideoGeneration? generation) => await journal.UpdateAsync(
        new SubmissionChange
        {
            ClientRequestId = claim.ClientRequestId,
            GenerationId = generation?.Id,
            Account = account,
            State = SubmissionState.Finished,
            ActualUsd = generation is { Cost: { IsFinal: true, Usd: { } usd } } ? usd : null,
            RecordedAt = time.GetUtcNow(),
        },
        CancellationToken.None).ConfigureAwait(false);
}
