using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wan27.Sdk.Media;

namespace Wan27.Sdk.Requests;

/// <summary>
/// Writes a body's fields, leaving out those that are null. Local media are not written but marked: their Base64 text is put in
/// between when the body is sent, so that it is never in memory.
/// </summary>
internal sealed class RequestFields : IDisposable
{
    // The default encoder would escape every '+' of a data URI and every letter beyond ASCII; the body is no HTML.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> text = new();
    private readonly Utf8JsonWriter writer;
    private readonly MediaSet openMedia;
    private readonly IReadOnlyDictionary<string, JsonNode?> additional;
    private readonly List<(int Position, MediaReader Reader)> insertions = [];

    private RequestFields(MediaSet openMedia, IReadOnlyDictionary<string, JsonNode?>? additional)
    {
        writer = new Utf8JsonWriter(text, Plain);
        this.openMedia = openMedia;
        this.additional = additional ?? new Dictionary<string, JsonNode?>();
    }

    /// <exception cref="WanValidationException">Local media cannot be read.</exception>
    public static RequestBody ToBody(VideoGenerationRequest request, MediaSet openMedia)
    {
        using var fields = new RequestFields(openMedia, request.AdditionalProperties);
        fields.writer.WriteStartObject();
        request.WriteFields(fields);
        fields.WriteAdditional();
        fields.writer.WriteEndObject();
        fields.writer.Flush();
        return new RequestBody(fields.text.WrittenMemory, fields.insertions);
    }

    /// <summary>Writes a field, unless it is null or an empty list, or the caller's own field replaces it.</summary>
    public void Add(string name, object? value)
    {
        if (value is not (null or IReadOnlyCollection<MediaSource> { Count: 0 }))
            AddAsGiven(name, value);
    }

    /// <summary>Writes a field with any value, unless the caller's own field replaces it.</summary>
    public void AddAsGiven(string name, object? value)
    {
        if (additional.ContainsKey(name))
            return;
        writer.WritePropertyName(name);
        Write(value);
    }

    public void Dispose() => writer.Dispose();

    /// <summary>Returns why a value that is no list and no dictionary cannot be written; null if it can.</summary>
    public static string? ProblemOf(object? value) => value switch
    {
        double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity => "is no number that JSON can contain",
        null or string or bool or MediaSource or JsonNode or VideoDuration or VideoResolution or AspectRatio or ShotType
            or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => null,
        FieldValues.TooDeep => $"is nested deeper than {FieldValues.MaxDepth} levels",
        _ => $"has the type {value.GetType().Name}, which cannot be sent; use a string, a number, a flag, a {nameof(MediaSource)}, a {nameof(JsonNode)}, or a list or a dictionary of them",
    };

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string or VideoResolution or AspectRatio or ShotType:
                writer.WriteStringValue($"{value}");
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case VideoDuration duration:
                writer.WriteNumberValue(duration.Seconds);
                break;
            case MediaSource media:
                WriteMedia(media);
                break;
            case JsonNode json:
                json.WriteTo(writer);
                break;
            case IReadOnlyDictionary<string, object?> fields:
                writer.WriteStartObject();
                foreach (var (name, field) in fields)
                {
                    writer.WritePropertyName(name);
                    Write(field);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(item);
                writer.WriteEndArray();
                break;
            default:
                WriteNumber(value);
                break;
        }
    }

    private void WriteNumber(object value)
    {
        if (ProblemOf(value) is { } problem)
            throw new WanValidationException([new RequestProblem(nameof(VideoRequest.Fields), problem)]);
        switch (value)
        {
            case float number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void WriteMedia(MediaSource media)
    {
        if (media is RemoteMedia remote)
        {
            writer.WriteStringValue(remote.Address);
            return;
        }

        var (reader, format) = openMedia.Read((LocalMedia)media);
        writer.WriteStringValue($"data:{format?.MediaType ?? "application/octet-stream"};base64,");
        writer.Flush();
        insertions.Add((text.WrittenCount - 1, reader));
    }

    private void WriteAdditional()
    {
        foreach (var (name, value) in additional)
        {
            writer.WritePropertyName(name);
            if (value is null)
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }
    }
}
