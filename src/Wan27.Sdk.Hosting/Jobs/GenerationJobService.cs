using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Jobs;

/// <summary>
/// Claims the jobs of an account, waits for each generation, and hands the outcome over. A job that is claimed is ended, or released, or left to the next
/// instance when the claim of a crashed one is over.
/// </summary>
internal sealed class GenerationJobService(
    JobStore store, OutcomeReader outcomes, HandlerCalls handler, GenerationJobOptions options, ILogger log, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource aborting = new();
    private readonly ConcurrentDictionary<JobClaim, Task> running = new();

    /// <summary>Stops claiming and waiting at once. A handler that is running may finish until the host's time is over.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var abort = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), aborting);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        // A handler that was canceled releases its claim. One that does not end is not waited for: its claim ends by itself.
        await Task.WhenAll(running.Values).WaitAsync(LastMoment, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        aborting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host continues to start meanwhile.
        await Task.Yield();
        var (failures, isPrepared) = (0, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.Interval;
            try
            {
                if (!isPrepared)
                    await store.AddMissingAsync(stoppingToken).ConfigureAwait(false);
                isPrepared = true;
                await ClaimAsync(stoppingToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = Pause(++failures);
                log.JournalFailed(e.GetType().Name, pause.TotalSeconds);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        var free = options.MaxGenerations - running.Count;
        if (free < 1)
            return;
        foreach (var claim in await store.ClaimAsync(free, stopping).ConfigureAwait(false))
        {
            running[claim] = Task.CompletedTask;
            var work = WorkAsync(claim, stopping);
            if (!running.TryUpdate(claim, work, Task.CompletedTask))
                await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(JobClaim claim, CancellationToken stopping)
    {
        await Task.Yield();
        await using (claim.ConfigureAwait(false))
        {
            try
            {
                await WorkOnAsync(claim, stopping).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // The journal is away. The claim ends by itself, and the job is done again.
                log.JournalFailed(e.GetType().Name, options.ClaimTime.TotalSeconds);
            }
            finally
            {
                running.TryRemove(claim, out _);
            }
        }
    }

    private async Task WorkOnAsync(JobClaim claim, CancellationToken stopping)
    {
        var job = claim.Job;
        try
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping, claim.Lost);
            var outcome = await outcomes.ReadAsync(claim.Record, waiting.Token).ConfigureAwait(false);
            if (outcome.HandOver is { } handOver)
            {
                using var handling = CancellationTokenSource.CreateLinkedTokenSource(aborting.Token, claim.Lost);
                if (!await TryHandAsync(claim, handOver, waiting.Token, handling.Token).ConfigureAwait(false))
                    return;
                job = job with { IsUnknownHanded = outcome.Next is not null, Failures = 0 };
            }

            await SettleAsync(claim, outcome, job).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (claim.Lost.IsCancellationRequested)
        {
            // Another instance has it.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await claim.ReleaseAsync(time.GetUtcNow(), job.IsUnknownHanded, job.Failures).ConfigureAwait(false);
        }
    }

    /// <summary>Returns whether the application has taken the outcome; if not, the job is released.</summary>
    private async Task<bool> TryHandAsync(JobClaim claim, GenerationOutcome outcome, CancellationToken stopping, CancellationToken cancellationToken)
    {
        try
        {
            await handler.CallAsync(outcome, stopping, cancellationToken).ConfigureAwait(false);
            log.HandedOver(claim.ClientRequestId, outcome.IsSucceeded ? "finished" : outcome.IsUnknown ? "unknown" : "failed");
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !(stopping.IsCancellationRequested || cancellationToken.IsCancellationRequested))
        {
            var failures = claim.Job.Failures + 1;
            var pause = Pause(failures);
            log.HandlerFailed(claim.ClientRequestId, e.GetType().Name, failures, pause.TotalSeconds);
            await claim.ReleaseAsync(time.GetUtcNow() + pause, claim.Job.IsUnknownHanded, failures).ConfigureAwait(false);
            return false;
        }
    }

    private async Task SettleAsync(JobClaim claim, JobOutcome outcome, SubmissionJob job)
    {
        if (outcome.Next is { } next)
        {
            if (outcome.HandOver is null)
                log.LookedAtLater(claim.ClientRequestId, next.TotalSeconds, outcome.Reason);
            await claim.ReleaseAsync(time.GetUtcNow() + next, job.IsUnknownHanded, job.Failures).ConfigureAwait(false);
            return;
        }

        if (outcome.HandOver is { } handed)
            await store.FinishAsync(claim, handed.Generation).ConfigureAwait(false);
        await claim.EndAsync().ConfigureAwait(false);
    }

    /// <summary>2 s, 4 s, 8 s, and at most 5 min.</summary>
    private static TimeSpan Pause(int failures) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures), LongestPause.TotalSeconds));
}
