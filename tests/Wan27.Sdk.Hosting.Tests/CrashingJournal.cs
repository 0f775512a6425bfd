namespace Wan27.Sdk.Hosting.Tests;

/// <summary>The journal of a process that is dead from a moment on: nothing more is written, and no call returns.</summary>
internal sealed class CrashingJournal(ISubmissionJournal inner) : ISubmissionJournal, ISubmissionJobStore
{
    private readonly TaskCompletionSource never = new();

    public bool IsDead { get; set; }

    private ISubmissionJobStore Jobs => (ISubmissionJobStore)inner;

    public async ValueTask<SubmissionStart> TryBeginAsync(SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        await LiveAsync();
        return await inner.TryBeginAsync(intent, limits, cancellationToken);
    }

    public async ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default)
    {
        await LiveAsync();
        await inner.UpdateAsync(change, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default)
    {
        await LiveAsync();
        return await inner.ReadPendingAsync(cancellationToken);
    }

    public async ValueTask<SubmissionTotals> ReadTotalsAsync(
        string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        await LiveAsync();
        return await inner.ReadTotalsAsync(budget, account, limits, cancellationToken);
    }

    public async ValueTask AddJobsAsync(string? account, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        await LiveAsync();
        await Jobs.AddJobsAsync(account, dueAt, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SubmissionRecord>> ClaimJobsAsync(
        string? account, string owner, int count, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        await LiveAsync();
        return await Jobs.ClaimJobsAsync(account, owner, count, now, until, cancellationToken);
    }

    public async ValueTask<bool> UpdateJobAsync(string clientRequestId, string owner, SubmissionJob? job, CancellationToken cancellationToken = default)
    {
        await LiveAsync();
        return await Jobs.UpdateJobAsync(clientRequestId, owner, job, cancellationToken);
    }

    private Task LiveAsync() => IsDead ? never.Task : Task.CompletedTask;
}
