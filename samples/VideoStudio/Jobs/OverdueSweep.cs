using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// Takes up whatever nobody works on: what a killed process held, what was written and never enqueued, what a queue in memory forgot.
/// The records are the truth, and Hangfire's queue may be lost without losing a job.
/// </summary>
internal sealed class OverdueSweep(
    IGenerationStore store, IJobQueue queue, IOptions<StudioOptions> options, TimeProvider time, ILogger<OverdueSweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "The sweep failed; the next one follows");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var id in await store.TakeOverdueAsync(now - options.Value.OverdueAfter, now, cancellationToken))
        {
            log.LogInformation("Taking up generation {Generation}, which is overdue", id);
            queue.Schedule(id, now);
        }
    }
}
