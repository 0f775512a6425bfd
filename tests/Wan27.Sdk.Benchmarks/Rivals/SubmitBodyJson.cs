using System.Text.Json.Serialization;

namespace Wan27.Sdk.Benchmarks.Rivals;

/// <summary>Source-generated metadata for the compared implementations that use it.</summary>
[JsonSerializable(typeof(SubmitBody))]
internal sealed partial class SubmitBodyJson : JsonSerializerContext;
