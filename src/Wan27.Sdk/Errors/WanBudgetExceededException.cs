namespace Wan27.Sdk;

/// <summary>The submission does not fit into the <see cref="SpendingBudget"/>, or its price is unknown and the budget has none to fall back on. Nothing was sent.</summary>
public sealed class WanBudgetExceededException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">Why it does not fit, as the end of a sentence.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="priceUsd">What the submission would cost, in US dollars; null when nobody can tell.</param>
    public WanBudgetExceededException(string reason, SpendingBudget budget, decimal? priceUsd)
        : base($"The request was not sent: {reason}.")
    {
        ArgumentNullException.ThrowIfNull(budget);
        LimitUsd = budget.LimitUsd;
        RemainingUsd = budget.RemainingUsd;
        PriceUsd = priceUsd;
    }

    /// <summary>The budget's limit in US dollars.</summary>
    public decimal LimitUsd { get; }

    /// <summary>What was left of it when the submission was refused, in US dollars.</summary>
    public decimal RemainingUsd { get; }

    /// <summary>What the submission would cost, in US dollars; null when nobody can tell.</summary>
    public decimal? PriceUsd { get; }
}
