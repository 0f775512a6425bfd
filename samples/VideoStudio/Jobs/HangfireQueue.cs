using Hangfire;

namespace VideoStudio.Jobs;

/// <summary>Hangfire keeps what is to run, and when; while a step is not due, nothing of it is in a thread.</summary>
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
