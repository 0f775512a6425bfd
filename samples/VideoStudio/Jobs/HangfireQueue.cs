using Hangfire;

namespace VideoStudio.Jobs;

/// <summary>Schedules steps with Hangfire. A step that is not due holds no thread.</summary>
internal sealed class HangfireQueue(IBackgroundJobClient hangfire, TimeProvider time) : IJobQueue
{
    public void Schedule(string generationId, DateTimeOffset dueAt)
    {
        if (dueAt <= time.GetUtcNow())
            hangfire.Enqueue<GenerationJob>(job => job.RunAsync(generationId, CancellationToken.None));
        else
            hangfire.Schedule<GenerationJob>(job => job.RunAsync(generationId, CancellationToken.None), dueAt);
    }
}
