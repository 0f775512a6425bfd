using System.Globalization;
using System.Net;

namespace Wan27.Sdk.Transport;

/// <summary>The parts of an answer's head that decide something.</summary>
internal sealed record AnswerHead(HttpStatusCode StatusCode)
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

    public static AnswerHead Of(HttpResponseMessage response) => new(response.StatusCode)
    {
        InferenceId = Header(response, "x-inference-id"),
        RequestId = Header(response, "x-request-id"),
        ClientRequestId = Header(response, "x-client-request-id"),
        RetryAfter = Transport.RetryAfter.Of(response),
        Date = response.Headers.Date,
        Cost = CostOf(response),
    };

    /// <summary>A generation with the cost of its own answer, or else with that of the headers.</summary>
    public VideoGeneration WithCost(VideoGeneration generation) =>
        Cost is null || generation.ToldCost is { IsTold: true } ? generation : generation with { ToldCost = Cost };

    private static GenerationCost? CostOf(HttpResponseMessage response)
    {
        var (usd, credits) = (Number(Header(response, "x-aimlapi-usd-spent")), Number(Header(response, "x-aimlapi-credits-used")));
        return usd > 0 || credits > 0 ? new GenerationCost { Source = GenerationCost.FromHeader, Usd = usd, Credits = credits } : null;
    }

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.FirstOrDefault()?.Trim() is { Length: > 0 } value ? value : null;
}
