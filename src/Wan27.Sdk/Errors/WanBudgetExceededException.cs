namespace Wan27.Sdk;

/// <summary>The submission does not fit into the <see cref="SpendingBudget"/>, or its price is unknown and the budget has none to fall back on. Nothing was sent.</summary>
public sealed class WanBudgetExceededException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="limitUsd">The budget's limit in US dollars.</param>
    /// <param name="remainingUsd">What is left of it, in US dollars.</param>
    /// <param name="priceUsd">What the submission would cost, in US dollars; null when nobody can tell.</param>
    public WanBudgetExceededException(string message, decimal limitUsd, decimal remainingUsd, decimal? priceUsd)
        : base(message)
    {
        LimitUsd = limitUsd;
        RemainingUsd = remainingUsd;
        PriceUsd = priceUsd;
    }

    /// <summary>The budget's limit in US dollars.</summary>
    public decimal LimitUsd { get; }

    /// <summary>What was left of it when the submission was refused, in US dollars.</summary>
    public decimal RemainingUsd { get; }

    /// <summary>What the submission would cost, in US dollars; null when nobody can tell.</summary>
    public decimal? PriceUsd { get; }
}
