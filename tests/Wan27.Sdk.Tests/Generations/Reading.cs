using System.Text.Json;

namespace Wan27.Sdk.Tests.Generations;

/// <summary>The reader as callers use it.</summary>
internal static class Reading
{
    public static VideoGeneration Of(string json) => JsonSerializer.Deserialize<VideoGeneration>(json)!;
}
