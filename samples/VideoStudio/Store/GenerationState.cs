namespace VideoStudio.Store;

/// <summary>The state of a generation, as the page shows it.</summary>
internal enum GenerationState
{
    /// <summary>Accepted by the studio, not yet submitted.</summary>
    Queued,

    /// <summary>Being submitted to the service.</summary>
    Submitting,

    /// <summary>Submitted, and the response was lost: it may have been paid for. The studio searches for it and never sends it again.</summary>
    Unknown,

    /// <summary>The service is generating the video.</summary>
    Generating,

    /// <summary>The video is complete and is being downloaded.</summary>
    Fetching,

    /// <summary>The video is downloaded.</summary>
    Done,

    /// <summary>It ended without a video.</summary>
    Failed,
}
