using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Words;

namespace Wan27.Sdk;

/// <summary>
/// Stands on the library's values so that System.Text.Json reads and writes them as the API does; nobody needs to name it. It is public because
/// the source generator of a caller's own <see cref="JsonSerializerContext"/> has to reach it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WanJsonConverter : JsonConverterFactory
{
    private static readonly Dictionary<Type, JsonConverter> Converters = new()
    {
        [typeof(VideoGeneration)] = new VideoGenerationConverter(),
        [typeof(VideoDuration)] = new VideoDurationConverter(),
        [typeof(VideoResolution)] = new WireValueConverter<VideoResolution>(),
        [typeof(AspectRatio)] = new WireValueConverter<AspectRatio>(),
        [typeof(ShotType)] = new WireValueConverter<ShotType>(),
        [typeof(GenerationStatus)] = new WireValueConverter<GenerationStatus>(),
    };

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converters.ContainsKey(typeToConvert);

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converters.GetValueOrDefault(typeToConvert);
}
