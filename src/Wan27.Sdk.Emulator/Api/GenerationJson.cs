using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>A generation as the service writes it.</summary>
internal static class GenerationJson
{
    public static JsonObject Accepted(EmulatorSubmission generation) => Of(generation, video: null, error: null, Usage(generation.Usd));

    public static JsonObject Read(GenerationSnapshot generation, string url) => Of(
        generation.Submission,
        generation.HasVideo ? new JsonObject { ["url"] = url } : null,
        generation.Failed && generation.EndedAt is not null ? Error(generation) : null,
        generation is { EndedAt: not null, Failed: false } ? Usage(generation.Submission.Usd) : null);

    private static JsonObject Of(EmulatorSubmission generation, JsonNode? video, JsonNode? error, JsonNode? meta) => new()
    {
        ["id"] = generation.Id,
        ["status"] = generation.Status,
        ["video"] = video,
        ["error"] = error,
        ["meta"] = meta,
    };

    private static JsonNode? Error(GenerationSnapshot generation) => generation.Script.ErrorJson is { } json
        ? JsonNode.Parse(json)
        : new JsonObject { ["name"] = "GenerationError", ["message"] = "The generation failed." };

    private static JsonObject Usage(decimal usd) => new()
    {
        ["usage"] = new JsonObject { ["credits_used"] = Pricing.ToCredits(usd), ["usd_spent"] = usd },
    };
}
