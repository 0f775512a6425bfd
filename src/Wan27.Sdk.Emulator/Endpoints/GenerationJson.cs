using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Media;
using Wan27.Sdk.Emulator.Scripts;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Creates the JSON of a generation in one of the shapes of the service.</summary>
internal static class GenerationJson
{
    public static JsonObject CreateAccepted(GenerationSnapshot generation)
    {
        var shape = ResponseShape.Get(generation.Script.Shape);
        return Create(shape, shape.SubmissionId, generation, null, null, CreateMeta(shape.Usage, generation.Submission.Usd));
    }

    public static JsonObject Create(GenerationSnapshot generation, string url)
    {
        var shape = ResponseShape.Get(generation.Script.Shape);
        var isCompleted = generation is { EndedAt: not null, Failed: false };
        var isFailed = generation is { EndedAt: not null, Failed: true };
        var json = Create(
            shape,
            "id",
            generation,
            generation.HasVideo ? CreateVideo(shape, generation, url) : null,
            isFailed ? CreateError(generation) : isCompleted && shape.HasErrorOfCompleted ? CreateExample() : null,
            isCompleted ? CreateMeta(shape.FinalUsage, generation.Submission.Usd) : null);
        if (isCompleted && shape.HasErrorOfCompleted)
            json["model"] = generation.Submission.Model;
        return json;
    }

    private static JsonObject Create(
        ResponseShape shape, string idName, GenerationSnapshot generation, JsonNode? video, JsonNode? error, JsonNode? meta)
    {
        var status = generation.Script.Statuses.Count > 0 ? generation.Status : shape.Translate(generation.Status);
        var json = new JsonObject { [idName] = generation.Submission.Id, ["status"] = status };
        foreach (var (name, value) in new[] { ("video", video), ("error", error), ("meta", meta) })
        {
            if (value is not null || shape.WritesNull)
                json[name] = value;
        }

        return json;
    }

    private static JsonNode CreateVideo(ResponseShape shape, GenerationSnapshot generation, string url)
    {
        if (shape.HasBareAddress)
            return new JsonArray(url);

        var video = new JsonObject { ["url"] = url };
        if (shape.HasVideoDetails)
        {
            video["content_type"] = "video/mp4";
            video["file_name"] = "output.mp4";
            video["file_size"] = VideoLibrary.Find(generation.Parameters).Bytes.Length;
            video["duration"] = generation.Parameters.Seconds;
        }

        return shape.HasVideoArray ? new JsonArray(video) : video;
    }

    private static JsonNode? CreateError(GenerationSnapshot generation) => generation.Script.ErrorJson is { } json
        ? JsonNode.Parse(json)
        : new JsonObject { ["name"] = "GenerationError", ["message"] = "The generation failed." };

    private static JsonObject CreateExample() => new() { ["name"] = "<name>", ["message"] = "<message>" };

    private static JsonObject? CreateMeta(IReadOnlyList<string> fields, decimal usd)
    {
        if (fields.Count == 0)
            return null;

        var usage = new JsonObject();
        foreach (var field in fields)
            usage[field] = field == ResponseShape.UsageFields.Usd ? usd : Pricing.ToCredits(usd);
        return new JsonObject { ["usage"] = usage };
    }
}
