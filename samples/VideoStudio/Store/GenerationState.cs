namespace VideoStudio.Store;

/// <summary>The state of a generation, as the page shows it.</summary>
internal enum GenerationState
{
    Queued,
    Submitting,

    /// <summary>Submitted, and the response was lost: it may have been paid for. The studio searches for it and never sends it again.</summary>
    Unknown,
    Generating,
    Fetching,
    Done,
    Failed,
}
