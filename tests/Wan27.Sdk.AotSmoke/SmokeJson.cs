using System.Text.Json.Serialization;

namespace Wan27.Sdk.AotSmoke;

[JsonSerializable(typeof(VideoGeneration))]
[JsonSerializable(typeof(TextToVideoRequest))]
internal sealed partial class SmokeJson : JsonSerializerContext;
