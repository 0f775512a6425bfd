using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>
/// Schedules overdue steps again: those of a killed process, those that were stored and not enqueued, and those of a lost in-memory queue.
/// The records decide, so that Hangfire's queue can be lost without losing a job.
/// </summary>
internal sealed class OverdueSweeper(
    IGenerationStore store, IJobQueue queue, IOptions<StudioOptions> options, TimeProvider time, ILogger<OverdueSweeper> log) : BackgroundService
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
                log.LogWarning(e, "The search for overdue generations failed and is repeated in {Interval}", options.Value.SweepInterval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var id in await store.TakeOverdueAsync(now - options.Value.OverdueAfter, now, cancellationToken))
        {
            log.LogInformation("Generation {Generation} is overdue and is scheduled again", id);
            queue.Schedule(id, now);
        }
    }
}
