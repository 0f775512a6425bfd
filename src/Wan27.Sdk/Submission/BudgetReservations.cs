namespace Wan27.Sdk.Submission;

/// <summary>
/// Keeps the caller's budget, if there is one: what is reserved when, and what an outcome does to it. Without one nothing is asked or done. With a
/// journal only the price is asked for: the journal reserves it with the intent. What is in progress is counted in the same way.
/// </summary>
/// <param name="budget">The budget; null if there is none.</param>
/// <param name="isInMemory">Whether the budget is kept here, because there is no journal.</param>
/// <param name="running">Counts what is in progress; null if that is not limited, or if a journal counts it.</param>
/// <param name="estimate">Estimates what a request costs.</param>
/// <param name="time">The clock, which decides the period.</param>
internal sealed class BudgetReservations(
    SpendingBudget? budget,
    bool isInMemory,
    RunningSubmissions? running,
    Func<VideoGenerationRequest, CancellationToken, Task<GenerationCost>> estimate,
    TimeProvider time)
{
    private readonly SpendingBudget? kept = isInMemory ? budget : null;

    /// <summary>Gets the generations that are in progress and count here.</summary>
    public IReadOnlyList<string> RunningIds => running?.GenerationIds ?? [];

    /// <summary>Counts a submission, if fewer than the limit are in progress.</summary>
    public bool TryBegin(string clientRequestId, int max) => running?.TryBegin(clientRequestId, max, time.GetUtcNow()) ?? true;

    /// <summary>Returns what a request counts in the budget; an amount of null means that it is unknown.</summary>
    public async Task<GenerationCost> PriceAsync(VideoGenerationRequest request, CancellationToken cancellationToken)
    {
        if (budget is null)
            return GenerationCost.None;
        var cost = await estimate(request, cancellationToken).ConfigureAwait(false);
        return cost with { Usd = cost.Usd ?? budget.FallbackPriceUsd };
    }

    /// <exception cref="WanValidationException">The request does not fit into the budget, or its price is unknown.</exception>
    public void Reserve(string clientRequestId, GenerationCost price)
    {
        if (kept is null)
            return;
        try
        {
            kept.Reserve(clientRequestId, price.Usd ?? throw Refusal(price), time.GetUtcNow());
        }
        catch (WanValidationException)
        {
            running?.Released(clientRequestId);
            throw;
        }
    }

    /// <summary>Returns the limits that a journal checks with an intent.</summary>
    public SubmissionLimits Limits() => budget?.LimitsAt(time.GetUtcNow()) ?? SubmissionLimits.None;

    /// <summary>Gets the name under which a journal counts what is submitted.</summary>
    public string? Name => budget?.Name;

    /// <summary>Takes over what a journal contains.</summary>
    public void Show(SubmissionTotals totals) => budget?.Show(totals);

    /// <summary>Creates the error for a request that does not fit into the budget.</summary>
    public WanValidationException Refusal(GenerationCost price) => price.Usd is { } usd
        ? budget!.Refusal(usd)
        : budget!.Refusal($"its price is unknown ({price.Reason}), and the budget has no {nameof(SpendingBudget.FallbackPriceUsd)}", priceUsd: null);

    /// <summary>The generation is known.</summary>
    public void Accepted(string clientRequestId, VideoGeneration generation)
    {
        kept?.Accept(clientRequestId, generation);
        running?.Accepted(clientRequestId, generation);
    }

    /// <summary>A generation was read.</summary>
    public void Observed(VideoGeneration generation)
    {
        kept?.Observe(generation);
        running?.Observe(generation);
    }

    /// <summary>No generation exists.</summary>
    public void Released(string clientRequestId)
    {
        kept?.Release(clientRequestId);
        running?.Released(clientRequestId);
    }
}
