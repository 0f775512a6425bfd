using Hangfire;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// Runs the next step of one generation, as given by its record. Hangfire may run it twice, late, or on two instances at once: the one that
/// claims the record runs the step, and the others return. If a claim expires during a slow step, the SDK's journal still allows only one submission.
/// </summary>
internal sealed class GenerationJob(
    IGenerationStore store, SubmitStep submit, PollStep poll, DownloadStep download, IJobQueue queue, IOptions<StudioOptions> options, TimeProvider time)
{
    /// <summary>Hangfire schedules with a resolution of a second, so that a step may start this much early.</summary>
    private static readonly TimeSpan MaxEarliness = TimeSpan.FromSeconds(1);

    [JobDisplayName("{0}")]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [1, 5, 15], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(id, cancellationToken) is not { } claimed)
            return;
        var next = await StepAsync(claimed, cancellationToken);

        // If the process ends between these two lines, OverdueSweeper continues.
        if (await store.TryUpdateAsync(next, CancellationToken.None) is { IsOver: false } kept)
            queue.Schedule(id, kept.DueAt);
    }

    private async Task<Generation?> ClaimAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.FindAsync(id, cancellationToken) is not { IsOver: false } generation || generation.DueAt > now + MaxEarliness)
            return null;
        var claimed = generation with { DueAt = now + options.Value.Lease };
        if (generation.State is GenerationState.Queued)
            claimed = claimed with { State = GenerationState.Submitting, StartedAt = generation.StartedAt ?? now, Reason = null };
        return await store.TryUpdateAsync(claimed, cancellationToken);
    }

    private async Task<Generation> StepAsync(Generation claimed, CancellationToken cancellationToken)
    {
        try
        {
            return await (claimed.State switch
            {
                GenerationState.Generating => poll.RunAsync(claimed, cancellationToken),
                GenerationState.Fetching => download.RunAsync(claimed, cancellationToken),
                _ => submit.RunAsync(claimed),
            });
        }
        catch
        {
            // Release the claim, so that the next attempt need not wait for it to expire.
            await store.TryUpdateAsync(claimed with { DueAt = time.GetUtcNow() }, CancellationToken.None);
            throw;
        }
    }
}
