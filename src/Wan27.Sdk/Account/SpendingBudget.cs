namespace Wan27.Sdk;

/// <summary>Represents how much all clients that share it may spend, in US dollars. It is thread-safe.</summary>
/// <remarks>
/// The estimated price of a submission is reserved before it is sent, and a submission that does not fit is refused with <see
/// cref="WanValidationException"/>. The reservation counts as spent when the submission is accepted, is released when it is refused or not sent,
/// and stays while the outcome is unknown. The actual cost replaces the estimate when a response contains it, and a failed generation is released.
/// The budget is in memory: a new process begins with a new one.
/// </remarks>
public sealed class SpendingBudget
{
    private readonly object gate = new();

    // Of submissions whose outcome is not known, by their own id; one id may have been used more than once.
    private readonly Dictionary<string, Stack<decimal>> reserved = new(StringComparer.Ordinal);

    // Of accepted generations whose cost may still change, by their id.
    private readonly Dictionary<string, decimal> running = new(StringComparer.Ordinal);
    private readonly decimal? fallbackPriceUsd;
    private decimal reservedUsd;
    private decimal spentUsd;

    /// <summary>Initializes a budget.</summary>
    /// <param name="limitUsd">The limit in US dollars; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public SpendingBudget(decimal limitUsd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limitUsd);
        LimitUsd = limitUsd;
    }

    /// <summary>Gets the limit in US dollars.</summary>
    public decimal LimitUsd { get; }

    /// <summary>Gets the price of a submission that is not in the price list, in US dollars.</summary>
    /// <value>More than 0. Default: null, and such a submission is refused.</value>
    /// <exception cref="ArgumentOutOfRangeException">The price is not more than 0.</exception>
    public decimal? FallbackPriceUsd
    {
        get => fallbackPriceUsd;
        init
        {
            if (value is { } price)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
            fallbackPriceUsd = value;
        }
    }

    /// <summary>Gets what is reserved for submissions that are in progress or whose outcome is unknown, in US dollars.</summary>
    public decimal ReservedUsd
    {
        get
        {
            lock (gate)
                return reservedUsd;
        }
    }

    /// <summary>Gets what accepted generations cost, or are estimated to cost until that is known, in US dollars.</summary>
    public decimal SpentUsd
    {
        get
        {
            lock (gate)
                return spentUsd;
        }
    }

    /// <summary>Gets what can still be reserved, in US dollars. It is negative if the service charged more than its price list contains.</summary>
    public decimal RemainingUsd
    {
        get
        {
            lock (gate)
                return LimitUsd - spentUsd - reservedUsd;
        }
    }

    /// <summary>Returns the limit and what was spent and reserved.</summary>
    public override string ToString()
    {
        lock (gate)
            return FormattableString.Invariant($"{spentUsd:0.00####} of {LimitUsd:0.00####} USD are spent and {reservedUsd:0.00####} reserved");
    }

    /// <exception cref="WanValidationException">The limit would be exceeded; nothing is reserved.</exception>
    internal void Reserve(string clientRequestId, decimal usd)
    {
        lock (gate)
        {
            if (usd > LimitUsd - spentUsd - reservedUsd)
                throw Refusal(FormattableString.Invariant($"it would cost {usd:0.00####} USD, and of the budget {this}"), usd);
            if (!reserved.TryGetValue(clientRequestId, out var amounts))
                reserved[clientRequestId] = amounts = new Stack<decimal>(1);
            amounts.Push(usd);
            reservedUsd += usd;
        }
    }

    /// <param name="reason">Why the submission does not fit, as the end of a sentence.</param>
    /// <param name="priceUsd">What it would cost; null if unknown.</param>
    internal WanValidationException Refusal(string reason, decimal? priceUsd) =>
        new([new RequestProblem(nameof(WanVideoClientOptions.Budget), reason)]) { IsBudgetExceeded = true, PriceUsd = priceUsd, RemainingUsd = RemainingUsd };

    /// <summary>No generation exists: the money is available again.</summary>
    internal void Release(string clientRequestId)
    {
        lock (gate)
            TryTake(clientRequestId, out _);
    }

    /// <summary>The submission's generation is known. Nothing happens if it was not reserved here.</summary>
    internal void Accept(string clientRequestId, VideoGeneration generation)
    {
        lock (gate)
        {
            if (!running.ContainsKey(generation.Id) && TryTake(clientRequestId, out var usd))
            {
                running[generation.Id] = usd;
                spentUsd += usd;
            }
        }

        Observe(generation);
    }

    /// <summary>Takes over the cost in a response, if the generation was accepted here and its cost is not final.</summary>
    internal void Observe(VideoGeneration generation)
    {
        lock (gate)
        {
            if (!running.TryGetValue(generation.Id, out var counted))
                return;
            var cost = generation.Cost;
            var usd = cost.Usd ?? counted;
            spentUsd += usd - counted;
            if (cost.IsFinal)
                running.Remove(generation.Id);
            else
                running[generation.Id] = usd;
        }
    }

    private bool TryTake(string clientRequestId, out decimal usd)
    {
        usd = 0;
        if (!reserved.TryGetValue(clientRequestId, out var amounts))
            return false;
        usd = amounts.Pop();
        reservedUsd -= usd;
        if (amounts.Count == 0)
            reserved.Remove(clientRequestId);
        return true;
    }
}
