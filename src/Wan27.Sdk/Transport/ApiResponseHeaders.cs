using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Wan27.Sdk.Transport;

/// <summary>The parts of an answer's head that decide something.</summary>
internal sealed record ApiResponseHeaders(HttpStatusCode StatusCode)
{
    /// <summary>The task's id, which the service puts on every answer about one.</summary>
    public string? InferenceId { get; init; }

    public string? RequestId { get; init; }

    public string? ClientRequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the headers tell of the cost, where its body may tell nothing; null when they tell nothing either.</summary>
    public GenerationCost? Cost { get; init; }

    /// <summary>The server's clock.</summary>
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

    /// <summary>A generation with the cost of its own answer, or else with that of the headers.</summary>
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
