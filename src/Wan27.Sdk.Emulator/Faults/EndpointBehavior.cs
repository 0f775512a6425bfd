namespace Wan27.Sdk.Emulator.Faults;

/// <summary>Settings of the endpoints that a fault can change for one request.</summary>
internal sealed record EndpointBehavior
{
    public static readonly EndpointBehavior Default = new();

    /// <summary>Gets the delay of log rows in addition to the configured delay.</summary>
    public TimeSpan LogDelay { get; init; }

    /// <summary>
    /// Gets the number of rows by which each page of the log except the first is shifted. A positive number skips rows, a
    /// negative number repeats rows.
    /// </summary>
    public int LogShift { get; init; }

    public bool DuplicatesLogRows { get; init; }

    public bool HidesClientIds { get; init; }

    public bool HidesModels { get; init; }

    public bool HidesPrices { get; init; }

    public bool ExpiresUrl { get; init; }

    public bool IgnoresRange { get; init; }

    /// <summary>Gets a suffix of the entity tag, as if the file had been replaced.</summary>
    public string TagSuffix { get; init; } = "";
}
