namespace VideoStudio.Store;

/// <summary>Where a generation stands, as the page shows it.</summary>
internal enum GenerationState
{
    /// <summary>Accepted by the studio, not yet sent.</summary>
    Queued,

    /// <summary>Being sent to the service.</summary>
    Submitting,

    /// <summary>Sent, and the answer was lost: it may or may not have been paid. Looked for, never sent again.</summary>
    Unknown,

    /// <summary>The service works on it.</summary>
    Generating,

    /// <summary>The film is finished and comes over.</summary>
    Fetching,

    /// <summary>The film is here.</summary>
    Done,

    /// <summary>It ended without a film.</summary>
    Failed,
}
