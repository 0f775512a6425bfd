namespace Wan27.Sdk;

/// <summary>
/// How much may be spent by every client that shares it, in US dollars. What a submission is estimated to cost is reserved before a byte is sent; a
/// submission that would exceed the limit is refused with <see cref="WanValidationException"/>. Accepted, the reservation counts as spent; refused
/// or not sent, it is free again; unclear, it stays until the task is found (<see cref="IWanVideoClient.FindGenerationsAsync"/>). The true cost replaces the
/// estimate as soon as an answer tells it, and a failed task gives its money back. All members are safe to use from any thread.
/// </summary>
/// <remarks>It lives in memory: a new process begins with a new one. If the service charges more than its list says, the next submission pays for it.</remarks>
public sealed class SpendingBudget
{
    private readonly object gate = new();

    // Of submissions whose outcome is not known, by their own id; one id may have been used more than once.
    private readonly Dictionary<string, Stack<decimal>> reserved = new(StringComparer.Ordinal);

    // Of accepted tasks whose cost may still change, by the task's id.
    private readonly Dictionary<string, decimal> running = new(StringComparer.Ordinal);
    private readonly decimal? fallbackPriceUsd;
    private decimal reservedUsd;
    private decimal spentUsd;

    /// <summary>Makes a budget of which nothing is spent.</summary>
    /// <param name="limitUsd">The limit in US dollars; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public SpendingBudget(decimal limitUsd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limitUsd);
        LimitUsd = limitUsd;
    }

    /// <summary>The limit in US dollars.</summary>
    public decimal LimitUsd { get; }

    /// <summary>
    /// What a submission counts as, in US dollars, when the price list cannot tell. More than 0; default: null, and such a submission is refused.
    /// </summary>
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

    /// <summary>US dollars reserved for submissions that are under way or whose outcome is unknown.</summary>
    public decimal ReservedUsd
    {
        get
        {
            lock (gate)
                return reservedUsd;
        }
    }

    /// <summary>US dollars of accepted tasks: what they cost, or until that is told, what they were estimated to cost.</summary>
    public decimal SpentUsd
    {
        get
        {
            lock (gate)
                return spentUsd;
        }
    }

    /// <summary>US dollars that may still be reserved; negative if the service charged more than it said.</summary>
    public decimal RemainingUsd
    {
        get
        {
            lock (gate)
                return LimitUsd - spentUsd - reservedUsd;
        }
    }

    /// <summary>The limit and what has become of it.</summary>
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
    /// <param name="priceUsd">What it would cost; null when nobody can tell.</param>
    internal WanValidationException Refusal(string reason, decimal? priceUsd) =>
        new([new RequestProblem(nameof(WanVideoClientOptions.Budget), reason)]) { IsBudgetExceeded = true, PriceUsd = priceUsd, RemainingUsd = RemainingUsd };

    /// <summary>No task exists: the money is free again.</summary>
    internal void Release(string clientRequestId)
    {
        lock (gate)
            TryTake(clientRequestId, out _);
    }

    /// <summary>The submission's task is known. Nothing happens where it was not reserved here.</summary>
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

    /// <summary>Takes over what an answer tells of a task's cost, if the task was accepted here and is not settled.</summary>
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
