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
    };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.FirstOrDefault()?.Trim() is { Length: > 0 } value ? value : null;
}
