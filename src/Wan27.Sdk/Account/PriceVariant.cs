using System.Globalization;
using System.Text.Json;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk.Account;

/// <summary>One price of the list: for which requests it holds, and for how much of what.</summary>
/// <param name="When">What a request must be, by the name of the body's field: every value that suits it, or none where that is not understood.</param>
/// <param name="Price">US dollars; null where it is missing or not more than 0.</param>
/// <param name="Unit">What is paid for, such as <c>second</c>.</param>
/// <param name="Per">How many units the price is for; null where it is missing or not more than 0.</param>
internal sealed record PriceVariant(IReadOnlyDictionary<string, string[]> When, decimal? Price, string? Unit, decimal? Per)
{
    public static PriceVariant Read(JsonElement json)
    {
        var fields = new JsonFields(json);
        var when = new Dictionary<string, string[]>();
        if (fields.Take("when") is { ValueKind: JsonValueKind.Object } conditions)
        {
            foreach (var condition in conditions.EnumerateObject())
                when[condition.Name] = Values(condition.Value);
        }

        return new PriceVariant(
            when, Positive(fields.TakeNumber("price")), fields.TakeText("unit") ?? fields.TakeText("measure") ?? fields.TakeText("name"), Positive(fields.TakeNumber("per")));
    }

    /// <summary>Returns whether nothing that is known of the request excludes the price.</summary>
    public bool MayApplyTo(VideoGenerationRequest request) => When.All(condition =>
        condition.Value.Length == 0
        || PricedFields.ValueOf(request, condition.Key) is not { } asked
        || condition.Value.Any(value => IsSame(value, asked)));

    /// <summary>US dollars; null if the units cannot be counted or the price rounds to 0.</summary>
    public decimal? Reckon(VideoGenerationRequest request) => Positive(Price * Quantity(request) / Per);

    private decimal? Quantity(VideoGenerationRequest request) => Unit?.ToUpperInvariant() switch
    {
        "SECOND" or "SECONDS" or "SEC" or "S" => Seconds(request),
        "VIDEO" or "VIDEOS" or "GENERATION" or "GENERATIONS" or "REQUEST" or "REQUESTS" => 1,
        _ => null,
    };

    private static decimal? Seconds(VideoGenerationRequest request) => Positive(Number(PricedFields.ValueOf(request, "duration")));

    private static string[] Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Values)],
        JsonValueKind.Object or JsonValueKind.Null => [],
        _ => [JsonFields.Text(value)],
    };

    private static bool IsSame(string value, string asked) =>
        value.Equals(asked, StringComparison.OrdinalIgnoreCase) || (Number(value) is { } number && number == Number(asked));

    // A length may be written with its unit: "10s".
    private static decimal? Number(string? text) =>
        decimal.TryParse(text?.TrimEnd('s', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static decimal? Positive(decimal? number) => number > 0 ? number : null;
}
