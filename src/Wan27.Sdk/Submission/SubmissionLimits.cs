namespace Wan27.Sdk;

/// <summary>Represents the limits that a journal checks in the same step in which it records an intent.</summary>
public sealed record SubmissionLimits
{
    /// <summary>Gets limits that refuse nothing.</summary>
    public static SubmissionLimits None { get; } = new();

    /// <summary>Gets how much may be spent and reserved in the intent's budget, the intent included, in US dollars.</summary>
    /// <value>0 or more; null for no limit.</value>
    public decimal? BudgetUsd { get; init; }

    /// <summary>Gets the first UTC day of the budget's period.</summary>
    /// <value>The day; null if the budget counts everything.</value>
    public DateOnly? PeriodStart { get; init; }

    /// <summary>Gets how many submissions of the intent's account may be in progress, the intent included.</summary>
    /// <value>1 or more; null for no limit.</value>
    public int? MaxInProgress { get; init; }

    /// <summary>Gets the time before which a submission that was started does not count as in progress, because it must be over.</summary>
    public DateTimeOffset InProgressSince { get; init; }

    /// <summary>Returns whether an intent fits into the budget. One without an estimate does not fit into any.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="totals">What the journal contains without it.</param>
    /// <returns>True if it fits, or if there is no limit.</returns>
    public bool FitsBudget(SubmissionRecord intent, SubmissionTotals totals)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(totals);
        return BudgetUsd is not { } limit || intent.EstimatedUsd <= limit - totals.SpentUsd - totals.ReservedUsd;
    }

    /// <summary>Returns whether another submission may be in progress.</summary>
    /// <param name="totals">What the journal contains without it.</param>
    /// <returns>True if it may, or if there is no limit.</returns>
    public bool FitsInProgress(SubmissionTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return MaxInProgress is not { } limit || totals.InProgress < limit;
    }
}
