using System.Text.Json.Serialization;

namespace Wan27.Sdk.Benchmarks.Rivals;

/// <summary>A task as people model it by hand: what they need of it.</summary>
internal sealed record PollAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("status")] string Status);
