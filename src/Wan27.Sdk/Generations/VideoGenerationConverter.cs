using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wan27.Sdk.Generations;

/// <summary>Gives the tolerant reader and its writer to System.Text.Json, for callers who store a generation.</summary>
internal sealed class VideoGenerationConverter : JsonConverter<VideoGeneration>
{
    public override VideoGeneration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return GenerationReader.Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, VideoGeneration value, JsonSerializerOptions options) =>
        GenerationWriter.Write(writer, value);
}
