using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>A response before it is written. A fault is a function that changes it.</summary>
/// <param name="Context">The request.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record EmulatedResponse(RequestContext Context, int Status)
{
    public ImmutableDictionary<string, string> Headers { get; init; } =
        ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Gets the value for <c>x-inference-id</c>: the generation id if there is one.</summary>
    public string InferenceId { get; init; } = Context.RequestId;

    /// <summary>Gets the id of the generation that the request created.</summary>
    public string? GenerationId { get; init; }

    public Interruption? Interruption { get; init; }

    /// <summary>Gets the rate at which the response is sent, in bytes per second, or null for no limit.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>Gets the value of <c>Content-Length</c> if it differs from the length of the body.</summary>
    public long? AnnouncedLength { get; init; }

    /// <summary>Gets the HTTP/2 error code that is sent in place of the response.</summary>
    public int? StreamError { get; init; }

    /// <summary>Gets a value indicating whether the status line is sent.</summary>
    public bool HasStatusLine =>
        StreamError is null && Interruption is not { Offset: 0, IsInBody: false, Kind: not InterruptionKind.Stall };

    public static EmulatedResponse CreateJson(RequestContext context, JsonNode body, int status = 200) =>
        CreateJson(context, body.ToJsonString(), status);

    public static EmulatedResponse CreateJson(RequestContext context, string body, int status = 200) =>
        CreateText(context, status, "application/json; charset=utf-8", body);

    public static EmulatedResponse CreateText(RequestContext context, int status, string? contentType, string body) =>
        new(context, status) { ContentType = contentType, Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>Creates an error in the current envelope of the service.</summary>
    public static EmulatedResponse CreateProblem(
        RequestContext context, int status, string? message = null, JsonNode? data = null)
    {
        var (title, name) = ErrorDescription.Get(status);
        var error = new JsonObject { ["name"] = name, ["message"] = message ?? title };
        if (data is not null)
            error["data"] = data;

        var body = new JsonObject
        {
            ["title"] = title,
            ["status"] = status,
            ["message"] = message ?? title,
            ["instance"] = context.Request.Path,
            ["requestId"] = context.RequestId,
            ["timestamp"] = Timestamp.Format(context.Now),
            ["error"] = error,
        };
        return CreateText(context, status, "application/problem+json; charset=utf-8", body.ToJsonString());
    }

    /// <summary>Creates an error in the older envelope of the service.</summary>
    public static EmulatedResponse CreateLegacyProblem(RequestContext context, int status, IReadOnlyList<string> messages)
    {
        var body = new JsonObject
        {
            ["requestId"] = context.RequestId,
            ["statusCode"] = status,
            ["timestamp"] = Timestamp.Format(context.Now),
            ["path"] = context.Request.Path,
            ["message"] = messages switch
            {
                [] => ErrorDescription.Get(status).Title,
                [var message] => message,
                _ => new JsonArray([.. messages.Select(message => JsonValue.Create(message))]),
            },
        };
        return CreateJson(context, body, status);
    }

    public EmulatedResponse WithHeader(string name, string? value) =>
        this with { Headers = value is null ? Headers.Remove(name) : Headers.SetItem(name, value) };

    /// <summary>Replaces the response. Only the headers that identify the request are kept.</summary>
    public EmulatedResponse ReplaceWith(EmulatedResponse other) => other with
    {
        InferenceId = InferenceId,
        Headers = other.Headers.AddRange(
            Headers.Where(header => header.Key is HeaderNames.RequestId or HeaderNames.ClientRequestId)),
    };

    /// <summary>Adds the tracing and cost headers of the service.</summary>
    public EmulatedResponse WithTrace(string inferenceId, decimal usd, long credits) => (this with { InferenceId = inferenceId })
        .WithHeader(HeaderNames.InferenceId, inferenceId)
        .WithHeader(HeaderNames.CreditsUsed, FormattableString.Invariant($"{credits}"))
        .WithHeader(HeaderNames.UsdSpent, FormattableString.Invariant($"{usd}"));
}
