using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;

namespace Wan27.Sdk.Emulator.Wire;

/// <summary>An answer before it is written. Every fault that is not about a connection is a change to one of these.</summary>
/// <param name="Call">What it answers.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record Answer(Call Call, int Status)
{
    public ImmutableDictionary<string, string> Headers { get; init; } =
        ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The <c>x-inference-id</c>: the generation's id where there is one.</summary>
    public string InferenceId { get; init; } = Call.RequestId;

    /// <summary>The generation that this answer made.</summary>
    public string? GenerationId { get; init; }

    public Cut? Cut { get; init; }

    /// <summary>How fast it goes out, in bytes a second, or as fast as it can.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>What <c>Content-Length</c> says, when that is not the truth.</summary>
    public long? AnnouncedLength { get; init; }

    /// <summary>The HTTP/2 error that takes the place of the answer.</summary>
    public int? StreamError { get; init; }

    /// <summary>Whether a status line goes out at all.</summary>
    public bool Begins => StreamError is null && Cut is not { Offset: 0, OfBody: false, Kind: not CutKind.Stall };

    public static Answer Json(Call call, JsonNode body, int status = 200) => Json(call, body.ToJsonString(), status);

    public static Answer Json(Call call, string body, int status = 200) =>
        new(call, status) { ContentType = "application/json; charset=utf-8", Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>An error in the service's current envelope.</summary>
    public static Answer Problem(Call call, int status, string? message = null, JsonNode? data = null, string? name = null)
    {
        var (title, usualName) = Reason.Of(status);
        var error = new JsonObject { ["name"] = name ?? usualName, ["message"] = message ?? title };
        if (data is not null)
            error["data"] = data;

        var body = new JsonObject
        {
            ["title"] = title,
            ["status"] = status,
            ["message"] = message ?? title,
            ["instance"] = call.Request.Path,
            ["requestId"] = call.RequestId,
            ["timestamp"] = Timestamp.Of(call.Now),
            ["error"] = error,
        };
        return Json(call, body, status) with { ContentType = "application/problem+json; charset=utf-8" };
    }

    public Answer WithHeader(string name, string? value) =>
        this with { Headers = value is null ? Headers.Remove(name) : Headers.SetItem(name, value) };

    /// <summary>Another answer to the same request: it keeps what identifies the request, and nothing that describes the old one.</summary>
    public Answer Become(Answer other) => other with
    {
        InferenceId = InferenceId,
        Headers = other.Headers.AddRange(Headers.Where(header => header.Key is HeaderNames.RequestId or HeaderNames.ClientRequestId)),
    };

    /// <summary>Says in its headers, as the service does, what it is about and what it cost.</summary>
    public Answer WithTrace(string inferenceId, decimal usd, long credits) => (this with { InferenceId = inferenceId })
        .WithHeader(HeaderNames.InferenceId, inferenceId)
        .WithHeader(HeaderNames.CreditsUsed, FormattableString.Invariant($"{credits}"))
        .WithHeader(HeaderNames.UsdSpent, FormattableString.Invariant($"{usd}"));
}
