using System.Text.Json;

namespace Wan27.Sdk.Generations;

/// <summary>Reads a generation from every shape in which the API is known to answer. Tolerant of shape, strict about identity.</summary>
internal static class GenerationReader
{
    // The server's addresses may be signed: not a character of them may be normalised.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <exception cref="JsonException">The answer is no object, names two different generations, or holds text that is no Unicode.</exception>
    public static VideoGeneration Read(JsonElement answer)
    {
        try
        {
            return ReadObject(answer);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("The answer holds text that is no Unicode.", e);
        }
    }

    private static VideoGeneration ReadObject(JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object)
            throw new JsonException($"A generation is a JSON object; this is {answer.ValueKind}.");
        var fields = new JsonFields(answer);
        return new VideoGeneration
        {
            Id = ReadId(answer, fields),
            Status = new GenerationStatus(fields.TakeText("status") ?? ""),
            Videos = fields.Take("video") is { } video ? ReadVideos(video) : [],
            Error = fields.Take("error") is { } error ? ReadError(error) : null,
            ToldCost = ReadCost(fields),
            ClientRequestId = fields.TakeText("client_request_id"),
            AdditionalProperties = fields.Rest(),
        };
    }

    private static string ReadId(JsonElement answer, JsonFields fields)
    {
        var ids = answer.EnumerateObject()
            .Where(field => field.Name is "id" or "generation_id" && field.Value.ValueKind is not JsonValueKind.Null)
            .Select(field => JsonFields.Text(field.Value))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        fields.Take("id");
        fields.Take("generation_id");
        if (ids.Count > 1)
            throw new JsonException($"The answer names {ids.Count} different generations.");
        return ids.Count == 0 ? "" : ids[0];
    }

    private static List<GeneratedVideo> ReadVideos(JsonElement video) => video.ValueKind switch
    {
        JsonValueKind.Array => [.. video.EnumerateArray().Select(ReadVideo).OfType<GeneratedVideo>()],
        _ => ReadVideo(video) is { } only ? [only] : [],
    };

    private static GeneratedVideo? ReadVideo(JsonElement video)
    {
        if (video.ValueKind is JsonValueKind.String)
            return new GeneratedVideo { Url = ReadUrl(video.GetString()) };
        if (video.ValueKind is not JsonValueKind.Object)
            return null;
        var fields = new JsonFields(video);
        return new GeneratedVideo
        {
            Url = ReadUrl(fields.TakeText("url")),
            ContentType = fields.TakeText("content_type"),
            FileName = fields.TakeText("file_name"),
            FileSize = fields.TakeNumber("file_size") is { } size and >= 0 and <= long.MaxValue ? (long)size : null,
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
            Problems = detail is { ValueKind: JsonValueKind.Array } ? [.. detail.Value.EnumerateArray().Select(ReadProblem)] : [],
            AdditionalProperties = fields.Rest(),
        };
    }

    // {loc: ["body", "image_url"], msg: "...", type: "..."}; its "input" is the caller's own value and is left out.
    private static RequestProblem ReadProblem(JsonElement detail)
    {
        var fields = new JsonFields(detail);
        var location = fields.Take("loc") is { ValueKind: JsonValueKind.Array } path
            ? string.Join('.', path.EnumerateArray().Select(JsonFields.Text))
            : "";
        return new RequestProblem(location, fields.TakeText("msg") ?? fields.TakeText("type") ?? JsonFields.Text(detail));
    }

    private static GenerationCost? ReadCost(JsonFields answer)
    {
        if (answer.Take("meta") is not { } meta)
            return null;
        if (meta.ValueKind is not JsonValueKind.Object)
        {
            answer.Keep("meta", meta);
            return null;
        }

        var metaFields = new JsonFields(meta);
        var usage = metaFields.Take("usage");
        if (usage is { ValueKind: not JsonValueKind.Object } odd)
            metaFields.Keep("usage", odd);
        if (metaFields.Rest() is { Count: > 0 } unknown)
            answer.Keep("meta", GenerationWriter.ToElement(unknown));
        if (usage is not { ValueKind: JsonValueKind.Object })
            return null;
        var fields = new JsonFields(usage.Value);
        return new GenerationCost
        {
            Source = GenerationCost.FromAnswer,
            Credits = fields.TakeNumber("credits_used"),
            Usd = fields.TakeNumber("usd_spent"),
            Tokens = fields.TakeNumber("tokens_used"),
            AdditionalProperties = fields.Rest(),
        };
    }
}
