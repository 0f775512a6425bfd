using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Tasks;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>A generation as the service writes it.</summary>
internal static class GenerationJson
{
    public static JsonObject Accepted(EmulatorSubmission task) => Of(task, video: null, error: null, Usage(task.Usd));

    public static JsonObject Read(TaskReading task, string url) => Of(
        task.Submission,
        task.HasVideo ? new JsonObject { ["url"] = url } : null,
        task.Failed && task.EndedAt is not null ? Error(task) : null,
        task is { EndedAt: not null, Failed: false } ? Usage(task.Submission.Usd) : null);

    private static JsonObject Of(EmulatorSubmission task, JsonNode? video, JsonNode? error, JsonNode? meta) => new()
    {
        ["id"] = task.Id,
        ["status"] = task.Status,
        ["video"] = video,
        ["error"] = error,
        ["meta"] = meta,
    };

    private static JsonNode? Error(TaskReading task) => task.Script.ErrorJson is { } json
        ? JsonNode.Parse(json)
        : new JsonObject { ["name"] = "GenerationError", ["message"] = "The generation failed." };

    private static JsonObject Usage(decimal usd) => new()
    {
        ["usage"] = new JsonObject { ["credits_used"] = Tariff.Credits(usd), ["usd_spent"] = usd },
    };
}
