namespace Wan27.Sdk;

/// <summary>
/// Is implemented by a journal that keeps the jobs of submissions (<see cref="SubmissionRecord.Job"/>), which instances of a background service share. The
/// package Wan27.Sdk.Hosting has that service.
/// </summary>
public interface ISubmissionJobStore
{
    /// <summary>Adds a job to each pending submission of an account that has none.</summary>
    /// <param name="account">The account; null for the default account.</param>
    /// <param name="dueAt">When the jobs are due.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>Completes when the jobs are durable.</returns>
    ValueTask AddJobsAsync(string? account, DateTimeOffset dueAt, CancellationToken cancellationToken = default);

    /// <summary>Claims jobs that are due, in one step for each: of several callers, one has it.</summary>
    /// <param name="account">The account; null for the default account.</param>
    /// <param name="owner">A name that is new with each call, which <see cref="UpdateJobAsync"/> needs.</param>
    /// <param name="count">How many jobs at most; 1 or more.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the claim ends unless it is extended: then others can claim the job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The submissions, the longest due first.</returns>
    ValueTask<IReadOnlyList<SubmissionRecord>> ClaimJobsAsync(
        string? account, string owner, int count, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Changes a job that the owner has claimed: extends the claim, releases the job, or ends it.</summary>
    /// <param name="clientRequestId">The submission's id.</param>
    /// <param name="owner">The name with which it was claimed.</param>
    /// <param name="job">The job; null if nothing is left to do.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>False if another owner has claimed it since, or it is over; nothing was written then.</returns>
    ValueTask<bool> UpdateJobAsync(string clientRequestId, string owner, SubmissionJob? job, CancellationToken cancellationToken = default);
}
