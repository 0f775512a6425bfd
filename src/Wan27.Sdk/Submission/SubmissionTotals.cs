namespace Wan27.Sdk;

/// <summary>Represents what a journal contains of a budget and an account.</summary>
public sealed record SubmissionTotals
{
    /// <summary>Gets what generations of the budget cost, or are estimated to cost until that is known, in US dollars.</summary>
    public decimal SpentUsd { get; init; }

    /// <summary>Gets what is reserved in the budget for submissions whose outcome is not known (yet), in US dollars.</summary>
    public decimal ReservedUsd { get; init; }

    /// <summary>Gets how many submissions of the account are <see cref="SubmissionState.Intended"/> or <see cref="SubmissionState.Accepted"/>.</summary>
    public int InProgress { get; init; }
}
