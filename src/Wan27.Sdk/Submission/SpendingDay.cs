namespace Wan27.Sdk.Submission;

/// <summary>What a budget counts of one UTC day.</summary>
internal sealed record SpendingDay
{
    public string? Budget { get; init; }

    public required DateOnly Day { get; init; }

    public decimal SpentUsd { get; init; }

    public decimal ReservedUsd { get; init; }
}
