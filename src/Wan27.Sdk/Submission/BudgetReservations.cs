namespace Wan27.Sdk.Submission;

/// <summary>Keeps the caller's budget, if there is one: what is reserved when, and what an outcome does to it. Without one nothing is asked or done.</summary>
/// <param name="budget">The budget; null: there is none.</param>
/// <param name="estimate">Estimates what a request costs.</param>
internal sealed class BudgetReservations(SpendingBudget? budget, Func<VideoGenerationRequest, CancellationToken, Task<GenerationCost>> estimate)
{
    /// <exception cref="WanValidationException">The request does not fit into the budget, or its price is unknown.</exception>
    public async Task ReserveAsync(string clientRequestId, VideoGenerationRequest request, CancellationToken cancellationToken)
    {
        if (budget is null)
            return;
        var cost = await estimate(request, cancellationToken).ConfigureAwait(false);
        if ((cost.Usd ?? budget.FallbackPriceUsd) is not { } usd)
        {
            throw budget.Refusal(
                $"its price is unknown ({cost.Reason}), and the budget has no {nameof(SpendingBudget.FallbackPriceUsd)}", priceUsd: null);
        }

        budget.Reserve(clientRequestId, usd);
    }

    /// <summary>The generation is known.</summary>
    public void Accepted(string clientRequestId, VideoGeneration generation) => budget?.Accept(clientRequestId, generation);

    /// <summary>No generation exists.</summary>
    public void Released(string clientRequestId) => budget?.Release(clientRequestId);
}
