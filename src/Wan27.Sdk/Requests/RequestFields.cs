using System.Buffers;
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

    public void Text(string name, string? value)
    {
        if (value is not null && IsOurs(name))
            writer.WriteString(name, value);
    }

    public void Number(string name, long? value)
    {
        if (value is { } number && IsOurs(name))
            writer.WriteNumber(name, number);
    }

    public void Flag(string name, bool? value)
    {
        if (value is { } flag && IsOurs(name))
            writer.WriteBoolean(name, flag);
    }

    public void Media(string name, MediaSource? media)
    {
        if (media is null || !IsOurs(name))
            return;
        writer.WritePropertyName(name);
        WriteMedia(media);
    }

    public void MediaList(string name, IReadOnlyList<MediaSource>? media)
    {
        if (media is null or { Count: 0 } || !IsOurs(name))
            return;
        writer.WriteStartArray(name);
        foreach (var source in media.OfType<MediaSource>())
            WriteMedia(source);
        writer.WriteEndArray();
    }

    public void Dispose() => writer.Dispose();

    private bool IsOurs(string name) => !additional.ContainsKey(name);

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
