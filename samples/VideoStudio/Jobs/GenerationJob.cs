using Hangfire;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// What Hangfire runs: the next step of one generation, whatever its record says that is. It may run twice, late, or on two instances at once:
/// who claims the record works, the rest go away; and should a claim run out under a slow step, the SDK's journal still lets only one submission out.
/// </summary>
internal sealed class GenerationJob(
    IGenerationStore store, SubmitStep submit, PollStep poll, FetchStep fetch, IJobQueue queue, IOptions<StudioOptions> options, TimeProvider time)
{
    /// <summary>Hangfire schedules by whole seconds, so a step may come that much early.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    [JobDisplayName("{0}")]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [1, 5, 15], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(id, cancellationToken) is not { } claimed)
            return;
        var next = await StepAsync(claimed, cancellationToken);

        // Should the process die between these two lines, OverdueSweep goes on.
        if (await store.TryUpdateAsync(next, CancellationToken.None) is { IsOver: false } kept)
            queue.Schedule(id, kept.DueAt);
    }

    private async Task<Generation?> ClaimAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.FindAsync(id, cancellationToken) is not { IsOver: false } generation || generation.DueAt > now + Early)
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
                GenerationState.Fetching => fetch.RunAsync(claimed, cancellationToken),
                _ => submit.RunAsync(claimed),
            });
        }
        catch
        {
            // A stop, or a fault that no step knows: whoever runs it next need not wait for our claim to end.
            await store.TryUpdateAsync(claimed with { DueAt = time.GetUtcNow() }, CancellationToken.None);
            throw;
        }
    }
}
