using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Lets System.Text.Json read and write the values of this library as the API does. Applications do not use it directly. It is public because
/// the source generator of a caller's own <see cref="JsonSerializerContext"/> has to reach it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WanJsonConverter : JsonConverterFactory
{
    private static readonly Dictionary<Type, JsonConverter> Converters = new()
    {
        [typeof(VideoGeneration)] = new VideoGenerationConverter(),
        [typeof(VideoDuration)] = new VideoDurationConverter(),
        [typeof(VideoResolution)] = new OpenValueConverter<VideoResolution>(),
        [typeof(AspectRatio)] = new OpenValueConverter<AspectRatio>(),
        [typeof(ShotType)] = new OpenValueConverter<ShotType>(),
        [typeof(GenerationStatus)] = new OpenValueConverter<GenerationStatus>(),
    };

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converters.ContainsKey(typeToConvert);

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converters.GetValueOrDefault(typeToConvert);
}
