using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Wan27.Sdk.Transport;

/// <summary>The response headers that are used.</summary>
internal sealed record ApiResponseHeaders(HttpStatusCode StatusCode)
{
    /// <summary>Gets the id of the generation, which the service adds to every response about one.</summary>
    public string? InferenceId { get; init; }

    public string? RequestId { get; init; }

    public string? ClientRequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the cost in the headers, which the body does not always contain; null if they do not contain it.</summary>
    public GenerationCost? Cost { get; init; }

    /// <summary>Gets the time of the service.</summary>
    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => (int)StatusCode is >= 200 and < 300;

    public static ApiResponseHeaders Of(HttpResponseMessage response) => new(response.StatusCode)
    {
        InferenceId = First(response.Headers.NonValidated, "x-inference-id"),
        RequestId = First(response.Headers.NonValidated, "x-request-id"),
        ClientRequestId = First(response.Headers.NonValidated, "x-client-request-id"),
        RetryAfter = RetryAfterHeader.Of(response),
        Date = DateTimeOffset.TryParseExact(
            First(response.Headers.NonValidated, "Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null,
        Cost = CostOf(response.Headers.NonValidated),
    };

    /// <summary>Returns a generation with the cost of its body, otherwise with that of the headers.</summary>
    public VideoGeneration WithCost(VideoGeneration generation) =>
        Cost is null || generation.Cost.HasAmount ? generation : generation with { Cost = GenerationCost.Of(generation.Status, Cost) };

    private static GenerationCost? CostOf(HttpHeadersNonValidated headers)
    {
        var (usd, credits) = (Number(First(headers, "x-aimlapi-usd-spent")), Number(First(headers, "x-aimlapi-credits-used")));
        return usd > 0 || credits > 0 ? new GenerationCost { Source = GenerationCost.FromHeader, Usd = usd, Credits = credits } : null;
    }

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? First(HttpHeadersNonValidated headers, string name)
    {
        if (!headers.TryGetValues(name, out var values))
            return null;
        foreach (var value in values)
            return value.Trim() is { Length: > 0 } given ? given : null;
        return null;
    }
}
