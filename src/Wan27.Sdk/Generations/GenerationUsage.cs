using System.Text.Json;

namespace Wan27.Sdk;

/// <summary>What a generation uses up. On an accepted task it is the price; the charge lands when the generation completes.</summary>
public sealed record GenerationUsage
{
    /// <summary>Credits; 2,000,000 are one US dollar. Null when not told.</summary>
    public decimal? CreditsUsed { get; init; }

    /// <summary>US dollars; null when not told.</summary>
    public decimal? UsdSpent { get; init; }

    /// <summary>Tokens; null when not told.</summary>
    public decimal? TokensUsed { get; init; }

    /// <summary>Every field of the usage that this library does not know, as it came.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = new Dictionary<string, JsonElement>();
}
