using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wan27.Sdk.Requests;

/// <summary>Reads and writes a duration as the plain number of seconds that the API uses.</summary>
internal sealed class VideoDurationConverter : JsonConverter<VideoDuration>
{
    public override VideoDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, VideoDuration value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Seconds);
}
