namespace Wan27.Sdk;

/// <summary>Represents how much all clients that share it may spend, in US dollars. It is thread-safe.</summary>
/// <remarks>
/// <para>
/// The estimated price of a submission is reserved before it is sent, and a submission that does not fit is refused with <see
/// cref="WanValidationException"/>. The reservation counts as spent when the submission is accepted, is released when it is refused or not sent,
/// and stays while the outcome is unknown. The actual cost replaces the estimate when a response contains it, and a failed generation is released.
/// </para>
/// <para>
/// With a journal, the limit holds for all submissions in it that have the same <see cref="Name"/>, also those of other processes and of earlier
/// ones. The properties then have the values that this process read last; <see cref="RefreshAsync"/> reads them. Without a journal, the budget is in
/// memory, and a new process begins with a new one.
/// </para>
/// </remarks>
public sealed class SpendingBudget
{
    private readonly object gate = new();

    // Of submissions whose outcome is not known, by their own id; one id may have been used more than once.
    private readonly Dictionary<string, Stack<Amount>> reserved = new(StringComparer.Ordinal);

    // Of accepted generations whose cost may still change, by their id.
    private readonly Dictionary<string, Amount> running = new(StringComparer.Ordinal);
    private readonly decimal? fallbackPriceUsd;
    private readonly SpendingPeriod period;
    private DateOnly? periodStart;
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

    /// <summary>Gets for how long the limit holds. A submission counts in the period in which it was started.</summary>
    /// <value>The default is <see cref="SpendingPeriod.Total"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The period is not defined.</exception>
    public SpendingPeriod Period
    {
        get => period;
        init => period = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The period is not defined.");
    }

    /// <summary>Gets the name of the budget in a journal. Budgets with the same name in one journal count the same submissions.</summary>
    /// <value>The default is null, the name of the default budget.</value>
    public string? Name { get; init; }

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

    /// <summary>Reads from a journal what is spent and reserved.</summary>
    /// <param name="journal">The journal of the clients that share the budget.</param>
    /// <param name="timeProvider">The clock, which decides the period; null for the system's clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completes when the properties have the values of the journal.</returns>
    public async Task RefreshAsync(ISubmissionJournal journal, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var limits = LimitsAt((timeProvider ?? TimeProvider.System).GetUtcNow());
        Show(await journal.ReadTotalsAsync(Name, account: null, limits, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the limit and what was spent and reserved.</summary>
    public override string ToString()
    {
        lock (gate)
            return FormattableString.Invariant($"{spentUsd:0.00####} of {LimitUsd:0.00####} USD are spent and {reservedUsd:0.00####} reserved");
    }

    /// <summary>Returns the limit, and since when it counts, for a journal that checks it.</summary>
    internal SubmissionLimits LimitsAt(DateTimeOffset now) => new() { BudgetUsd = LimitUsd, PeriodStart = StartAt(now) };

    /// <summary>Takes over what a journal contains.</summary>
    internal void Show(SubmissionTotals totals)
    {
        lock (gate)
            (spentUsd, reservedUsd) = (totals.SpentUsd, totals.ReservedUsd);
    }

    /// <exception cref="WanValidationException">The limit would be exceeded; nothing is reserved.</exception>
    internal void Reserve(string clientRequestId, decimal usd, DateTimeOffset now = default)
    {
        lock (gate)
        {
            Enter(StartAt(now));
            if (usd > LimitUsd - spentUsd - reservedUsd)
                throw Refusal(usd);
            if (!reserved.TryGetValue(clientRequestId, out var amounts))
                reserved[clientRequestId] = amounts = new Stack<Amount>(1);
            amounts.Push(new Amount(usd, periodStart));
            reservedUsd += usd;
        }
    }

    /// <param name="priceUsd">What the submission that does not fit would cost.</param>
    internal WanValidationException Refusal(decimal priceUsd) =>
        Refusal(FormattableString.Invariant($"it would cost {priceUsd:0.00####} USD, and of the budget {this}"), priceUsd);

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
            if (!running.ContainsKey(generation.Id) && TryTake(clientRequestId, out var amount))
            {
                running[generation.Id] = amount;
                spentUsd += Counted(amount);
            }
        }

        Observe(generation);
    }

    /// <summary>Takes over the cost in a response, if the generation was accepted here and its cost is not final.</summary>
    internal void Observe(VideoGeneration generation)
    {
        lock (gate)
        {
            if (!running.TryGetValue(generation.Id, out var before))
                return;
            var cost = generation.Cost;
            var amount = before with { Usd = cost.Usd ?? before.Usd };
            spentUsd += Counted(amount) - Counted(before);
            if (cost.IsFinal)
                running.Remove(generation.Id);
            else
                running[generation.Id] = amount;
        }
    }

    private bool TryTake(string clientRequestId, out Amount amount)
    {
        amount = default;
        if (!reserved.TryGetValue(clientRequestId, out var amounts))
            return false;
        amount = amounts.Pop();
        reservedUsd -= Counted(amount);
        if (amounts.Count == 0)
            reserved.Remove(clientRequestId);
        return true;
    }

    /// <summary>Begins a new period with nothing spent. A clock that is set back does not bring an earlier period back.</summary>
    private void Enter(DateOnly? start)
    {
        if (start is not null && (periodStart is null || start > periodStart))
            (periodStart, spentUsd, reservedUsd) = (start, 0, 0);
    }

    private decimal Counted(Amount amount) => amount.PeriodStart == periodStart ? amount.Usd : 0;

    private DateOnly? StartAt(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return Period switch
        {
            SpendingPeriod.Day => day,
            SpendingPeriod.Month => new DateOnly(day.Year, day.Month, 1),
            _ => null,
        };
    }

    private readonly record struct Amount(decimal Usd, DateOnly? PeriodStart);
}
