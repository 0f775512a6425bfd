using System.Text.Json;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk.Account;

/// <summary>
/// What the price list says of one model, reckoned for one request. Cost = price × quantity ÷ per; whatever cannot be told for certain (a variant that
/// depends on something we do not know, a unit that we cannot count, a price of 0) makes the whole unknown.
/// </summary>
internal sealed class ModelPricing
{
    /// <summary>How many prices, conditions and values of conditions are kept of one model; a list with more is not understood.</summary>
    private const int MaxEntries = 1_000;

    private readonly IReadOnlyList<PriceVariant> variants;
    private readonly bool isSum;

    private ModelPricing(IReadOnlyList<PriceVariant> variants, bool isSum) => (this.variants, this.isSum) = (variants, isSum);

    /// <summary>The pricing as the list writes it; null where it is of a kind that cannot be reckoned, such as <c>variable</c>.</summary>
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

    /// <summary>US dollars for the request; null when that cannot be told.</summary>
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
