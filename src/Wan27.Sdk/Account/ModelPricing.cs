using System.Text.Json;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk.Account;

/// <summary>
/// The prices of one model, and what a request costs by them. Cost = price × quantity ÷ per; whatever is not certain (a variant that
/// depends on something unknown, a unit that cannot be counted, a price of 0) makes the cost unknown.
/// </summary>
internal sealed class ModelPricing
{
    /// <summary>How many prices, conditions and values of conditions are kept of one model; a list with more is not understood.</summary>
    private const int MaxEntries = 1_000;

    private readonly IReadOnlyList<PriceVariant> variants;
    private readonly bool isSum;

    private ModelPricing(IReadOnlyList<PriceVariant> variants, bool isSum) => (this.variants, this.isSum) = (variants, isSum);

    /// <summary>Reads the pricing from the list; null if it is of a kind that cannot be calculated, such as <c>variable</c>.</summary>
    public static ModelPricing? Read(JsonElement pricing)
    {
        var fields = new JsonFields(pricing);
        if (fields.TakeText("currency") is { } currency && !currency.Equals("USD", StringComparison.OrdinalIgnoreCase))
            return null;
        return fields.TakeText("kind") switch
        {
            "fixed" => Of(fields.Take("units"), isSum: true),
            "variants" => Of(fields.Take("variants"), isSum: false),
            _ => null,
        };
    }

    /// <summary>Gets the lowest and the highest price of one unit; null if the prices are not of one unit, or one of them is not understood.</summary>
    public (decimal Min, decimal Max, string Unit)? Range
    {
        get
        {
            if ((isSum && variants.Count > 1) || variants.Select(variant => variant.Unit).Distinct().ToList() is not [{ } unit])
                return null;
            var prices = variants.Select(variant => variant.Price / variant.Per).OfType<decimal>().ToList();
            return prices.Count == variants.Count ? (prices.Min(), prices.Max(), unit) : null;
        }
    }

    /// <summary>Returns the cost of a request in US dollars; null if it is not certain.</summary>
    public decimal? Reckon(VideoGenerationRequest request)
    {
        try
        {
            var costs = variants.Where(variant => variant.MayApplyTo(request)).Select(variant => variant.Reckon(request)).ToList();
            if (costs.Count == 0 || costs.Contains(null))
                return null;
            if (isSum)
                return Known(costs.Sum());

            // Several may apply where one cannot be ruled out for certain; that is no matter as long as they agree.
            return costs.Distinct().Count() == 1 ? Known(costs[0]) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    // A price that rounds to nothing is not free, but not understood.
    private static decimal? Known(decimal? usd) => usd is { } amount && GenerationCost.IsAmount(amount) ? amount : null;

    private static ModelPricing? Of(JsonElement? list, bool isSum)
    {
        if (list is not { ValueKind: JsonValueKind.Array } array)
            return null;
        var variants = array.EnumerateArray().Select(PriceVariant.Read).ToList();
        var entries = variants.Sum(variant => 1 + variant.When.Values.Sum(values => 1 + values.Length));
        return entries <= MaxEntries ? new ModelPricing(variants, isSum) : null;
    }
}
