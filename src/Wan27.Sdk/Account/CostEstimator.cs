namespace Wan27.Sdk.Account;

/// <summary>Estimates what a request costs before it is sent, if the price list allows it.</summary>
internal sealed class CostEstimator(PriceList prices)
{
    public async Task<GenerationCost> EstimateAsync(VideoGenerationRequest request, CancellationToken cancellationToken)
    {
        if (PricedFields.ValueOf(request, "model") is not { Length: > 0 } model)
            return GenerationCost.Unknown("the request names no model");
        var (pricing, asOf, reason) = await prices.FindAsync(model, cancellationToken).ConfigureAwait(false);
        if (pricing is null)
            return GenerationCost.Unknown(reason!) with { AsOf = asOf };
        return pricing.Reckon(request) is { } usd
            ? new GenerationCost { Source = GenerationCost.FromPriceList, Usd = usd, AsOf = asOf }
            : GenerationCost.Unknown($"the price list has no price of '{model}' for this resolution and duration") with { AsOf = asOf };
    }
}
