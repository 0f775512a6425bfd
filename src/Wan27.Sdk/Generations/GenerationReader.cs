using System.Text.Json;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk.Generations;

/// <summary>Reads a generation from every shape of the responses of the API. Tolerant of shape, strict about identity.</summary>
internal static class GenerationReader
{
    /// <summary>How many videos and how many problems of one generation are read; no response was seen to have more than a few.</summary>
    private const int MaxItems = 100;

    // The addresses may be signed: they must not be normalized.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <param name="response">The response.</param>
    /// <param name="asked">The id of the request, which the response must have; null if the response is the first to contain it.</param>
    /// <param name="requestId">The service's id of the HTTP request, from the headers; null for none.</param>
    /// <exception cref="JsonException">
    /// The response is not an object, names two generations or another one, or contains text that is not Unicode.
    /// </exception>
    public static VideoGeneration Read(JsonElement response, string? asked = null, string? requestId = null)
    {
        try
        {
            return ReadObject(response, asked, requestId);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("The response contains text that is not Unicode.", e);
        }
    }

    private static VideoGeneration ReadObject(JsonElement response, string? asked, string? requestId)
    {
        if (response.ValueKind is not JsonValueKind.Object)
            throw new JsonException($"A generation is a JSON object; this is {response.ValueKind}.");
        var fields = new JsonFields(response);
        var id = fields.TakeId(["id", "generation_id"], asked) ?? "";
        var status = ReadStatus(fields.Take("status"));
        if (asked is not null && id.Length == 0 && status == GenerationStatus.Unknown)
            throw new JsonException("it has neither an id nor a status");
        if (asked is not null && id.Length > 0 && id != asked)
            throw new JsonException("it is about another generation than the one asked for");
        return new VideoGeneration
        {
            Id = asked ?? id,
            Status = status,
            Videos = fields.Take("video") is { } video ? ReadVideos(video) : [],
            Error = fields.Take("error") is { } error ? ReadError(error) : null,
            Cost = GenerationCost.Of(status, ReadCost(fields)),
            RequestId = asked is null ? fields.TakeText("request_id") : requestId,
            ClientRequestId = fields.TakeId(["client_request_id"]),
            AdditionalProperties = fields.Rest(),
        };
    }

    private static GenerationStatus ReadStatus(JsonElement? status)
    {
        if (status is not { } written)
            return default;
        foreach (var known in GenerationStatus.Known)
        {
            if (IsText(written, known.Value))
                return known;
        }

        return new GenerationStatus(JsonFields.Text(written));
    }

    private static bool IsText(JsonElement value, string text) => value.ValueKind is JsonValueKind.String && value.ValueEquals(text);

    private static IReadOnlyList<GeneratedVideo> ReadVideos(JsonElement video) => video.ValueKind switch
    {
        JsonValueKind.Array => [.. video.EnumerateArray().Take(MaxItems).Select(ReadVideo).OfType<GeneratedVideo>()],
        _ => ReadVideo(video) is { } only ? [only] : [],
    };

    private static GeneratedVideo? ReadVideo(JsonElement video)
    {
        if (video.ValueKind is JsonValueKind.String)
            return new GeneratedVideo { Uri = ReadUrl(video.GetString()) };
        if (video.ValueKind is not JsonValueKind.Object)
            return null;
        var fields = new JsonFields(video);
        return new GeneratedVideo
        {
            Uri = ReadUrl(fields.TakeString("url")),
            ContentType = fields.TakeText("content_type"),
            FileName = fields.TakeText("file_name"),
            FileSize = fields.TakeSize("file_size"),
            Duration = fields.TakeNumber("duration"),
            AdditionalProperties = fields.Rest(),
        };
    }

    private static Uri? ReadUrl(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
            return null;
        return Uri.TryCreate(url, Verbatim, out var absolute) ? absolute
            : Uri.TryCreate(url, UriKind.Relative, out var relative) ? relative
            : null;
    }

    private static GenerationError ReadError(JsonElement error)
    {
        if (error.ValueKind is not JsonValueKind.Object)
            return new GenerationError { Message = JsonFields.Text(error) };
        var fields = new JsonFields(error);
        var detail = fields.Take("detail");
        var message = fields.TakeText("message");
        if (message is null && detail is { ValueKind: JsonValueKind.String } words)
            message = words.GetString();
        else if (detail is { ValueKind: not JsonValueKind.Array } odd)
            fields.Keep("detail", odd);
        return new GenerationError
        {
            Name = fields.TakeText("name"),
            Message = message,
            Problems = detail is { ValueKind: JsonValueKind.Array } ? [.. detail.Value.EnumerateArray().Take(MaxItems).Select(ReadProblem)] : [],
            AdditionalProperties = fields.Rest(),
        };
    }

    // {loc: ["body", "image_url"], msg: "...", type: "..."}; its "input" is the caller's own value and is left out.
    private static RequestProblem ReadProblem(JsonElement detail)
    {
        var fields = new JsonFields(detail);
        var location = fields.Take("loc") is { ValueKind: JsonValueKind.Array } path
            ? string.Join('.', path.EnumerateArray().Take(MaxItems).Select(JsonFields.Text).ToArray()) // of a sequence, it would leave its buffers in a pool
            : "";
        return new RequestProblem(location, fields.TakeText("msg") ?? fields.TakeText("type") ?? JsonFields.Text(detail));
    }

    private static GenerationCost? ReadCost(JsonFields response)
    {
        if (response.Take("meta") is not { } meta)
            return null;
        if (meta.ValueKind is not JsonValueKind.Object)
        {
            response.Keep("meta", meta);
            return null;
        }

        var metaFields = new JsonFields(meta);
        var usage = metaFields.Take("usage");
        if (usage is { ValueKind: not JsonValueKind.Object } odd)
            metaFields.Keep("usage", odd);
        if (metaFields.Rest() is { Count: > 0 } unknown)
            response.Keep("meta", GenerationWriter.ToElement(unknown));
        if (usage is not { ValueKind: JsonValueKind.Object })
            return null;
        var fields = new JsonFields(usage.Value);
        return new GenerationCost
        {
            Source = GenerationCost.FromResponse,
            Credits = fields.TakeNumber("credits_used"),
            Usd = fields.TakeNumber("usd_spent"),
            Tokens = fields.TakeNumber("tokens_used"),
            AdditionalProperties = fields.Rest(),
        };
    }
}
