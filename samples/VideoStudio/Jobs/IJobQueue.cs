namespace VideoStudio.Jobs;

/// <summary>Schedules the next step of a generation, which runs at least once, on this instance or another.</summary>
internal interface IJobQueue
{
    /// <summary>Schedules the step for a time, or immediately if that is past.</summary>
    void Schedule(string generationId, DateTimeOffset dueAt);
}
