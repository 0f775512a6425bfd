namespace Wan27.Sdk.Emulator.Faults;

/// <summary>The circumstances in which an operation is carried out; a fault may change them.</summary>
internal sealed record Conditions
{
    public static readonly Conditions Usual = new();

    /// <summary>How much later than configured the rows of the log appear.</summary>
    public TimeSpan LogDelay { get; init; }

    /// <summary>By how many rows every page but the first is off; positive skips, negative repeats.</summary>
    public int LogShift { get; init; }

    public bool DuplicatesLogRows { get; init; }

    public bool HidesClientIds { get; init; }

    public bool HidesModels { get; init; }

    public bool HidesPrices { get; init; }

    public bool ExpiresUrl { get; init; }

    public bool IgnoresRange { get; init; }

    /// <summary>What is added to the entity tag of the file, as if it had been written anew.</summary>
    public string TagSuffix { get; init; } = "";
}
