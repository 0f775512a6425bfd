namespace VideoStudio.Jobs;

/// <summary>Has a generation's next step run, once or more often, by this instance or another.</summary>
internal interface IJobQueue
{
    /// <summary>Runs it at this time, or at once if that is past.</summary>
    void Schedule(string generationId, DateTimeOffset dueAt);
}
