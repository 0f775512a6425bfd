using System.Text.Json.Serialization;

namespace Wan27.Sdk.Benchmarks.Rivals;

/// <summary>Source-generated metadata for the bare poll.</summary>
[JsonSerializable(typeof(PollResponse))]
internal sealed partial class PollResponseJson : JsonSerializerContext;
