using System.Buffers;
using System.Text.Json;

namespace Wan27.Sdk.Generations;

/// <summary>Writes a generation in the documented shape, so that what was read can be stored and read again.</summary>
internal static class GenerationWriter
{
    public static void Write(Utf8JsonWriter writer, VideoGeneration generation)
    {
        writer.WriteStartObject();
        writer.WriteString("id", generation.Id);
        writer.WriteString("status", generation.Status.Value);
        WriteVideos(writer, generation.Videos);
        if (generation.Error is { } error)
            WriteError(writer, error);
        WriteMeta(writer, generation);
        WriteText(writer, "client_request_id", generation.ClientRequestId);
        WriteText(writer, "request_id", generation.RequestId);
        WriteRest(writer, generation.AdditionalProperties.Where(field => !HasUsage(generation.Cost) || field.Key != "meta"));
        writer.WriteEndObject();
    }

    public static JsonElement ToElement(IReadOnlyDictionary<string, JsonElement> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteRest(writer, fields);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void WriteVideos(Utf8JsonWriter writer, IReadOnlyList<GeneratedVideo> videos)
    {
        writer.WritePropertyName("video");
        if (videos.Count == 0)
        {
            writer.WriteNullValue();
            return;
        }

        if (videos.Count > 1)
            writer.WriteStartArray();
        foreach (var video in videos)
            WriteVideo(writer, video);
        if (videos.Count > 1)
            writer.WriteEndArray();
    }

    private static void WriteVideo(Utf8JsonWriter writer, GeneratedVideo video)
    {
        writer.WriteStartObject();
        WriteText(writer, "url", video.Uri?.OriginalString);
        WriteText(writer, "content_type", video.ContentType);
        WriteText(writer, "file_name", video.FileName);
        WriteNumber(writer, "file_size", video.FileSize);
        WriteNumber(writer, "duration", video.Duration);
        WriteRest(writer, video.AdditionalProperties);
        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, GenerationError error)
    {
        writer.WriteStartObject("error");
        WriteText(writer, "name", error.Name);
        WriteText(writer, "message", error.Message);
        if (error.Problems.Count > 0)
        {
            writer.WriteStartArray("detail");
            foreach (var problem in error.Problems)
            {
                writer.WriteStartObject();
                writer.WriteStartArray("loc");
                writer.WriteStringValue(problem.Member);
                writer.WriteEndArray();
                writer.WriteString("msg", problem.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        WriteRest(writer, error.AdditionalProperties);
        writer.WriteEndObject();
    }

    // The usage is inside "meta", whose unknown fields were kept under that name.
    private static void WriteMeta(Utf8JsonWriter writer, VideoGeneration generation)
    {
        var cost = generation.Cost;
        if (!HasUsage(cost))
            return;
        writer.WriteStartObject("meta");
        writer.WriteStartObject("usage");
        WriteNumber(writer, "credits_used", cost.Credits);
        WriteNumber(writer, "usd_spent", cost.Usd);
        WriteNumber(writer, "tokens_used", cost.Tokens);
        WriteRest(writer, cost.AdditionalProperties);
        writer.WriteEndObject();
        if (generation.AdditionalProperties.TryGetValue("meta", out var unknown) && unknown.ValueKind is JsonValueKind.Object)
            WriteRest(writer, unknown.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value)));
        writer.WriteEndObject();
    }

    private static bool HasUsage(GenerationCost cost) =>
        cost is { IsEstimate: false } and not { Usd: null or 0, Credits: null, Tokens: null, AdditionalProperties.Count: 0 };

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    private static void WriteRest(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
