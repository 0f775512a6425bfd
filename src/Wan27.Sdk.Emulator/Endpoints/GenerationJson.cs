using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Creates the JSON of a generation.</summary>
internal static class GenerationJson
{
    public static JsonObject CreateAccepted(EmulatorSubmission submission) =>
        Create(submission, video: null, error: null, CreateUsage(submission.Usd));

    public static JsonObject Create(GenerationSnapshot generation, string url) => Create(
        generation.Submission,
        generation.HasVideo ? new JsonObject { ["url"] = url } : null,
        generation.Failed && generation.EndedAt is not null ? CreateError(generation) : null,
        generation is { EndedAt: not null, Failed: false } ? CreateUsage(generation.Submission.Usd) : null);

    private static JsonObject Create(EmulatorSubmission submission, JsonNode? video, JsonNode? error, JsonNode? meta) => new()
    {
        ["id"] = submission.Id,
        ["status"] = submission.Status,
        ["video"] = video,
        ["error"] = error,
        ["meta"] = meta,
    };

    private static JsonNode? CreateError(GenerationSnapshot generation) => generation.Script.ErrorJson is { } json
        ? JsonNode.Parse(json)
        : new JsonObject { ["name"] = "GenerationError", ["message"] = "The generation failed." };

    private static JsonObject CreateUsage(decimal usd) => new()
    {
        ["usage"] = new JsonObject { ["credits_used"] = Pricing.ToCredits(usd), ["usd_spent"] = usd },
    };
}
