using System.Text.Json.Serialization;

namespace Wan27.Sdk.Benchmarks.Rivals;

/// <summary>A generation as applications without the SDK model it: only the fields that they need.</summary>
internal sealed record PollResponse(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("status")] string Status);
