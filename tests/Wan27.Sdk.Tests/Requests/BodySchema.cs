using System.Text.Json;

namespace Wan27.Sdk.Tests.Requests;

/// <summary>The service's table of fields as a strict reader: a field that is not listed is refused.</summary>
internal static class BodySchema
{
    private static readonly Dictionary<string, Func<JsonElement, bool>> Common = new()
    {
        ["prompt"] = json => IsText(json) && json.GetString()!.EnumerateRunes().Count() is > 0 and <= 5_000,
        ["resolution"] = json => IsOneOf(json, "720p", "1080p"),
        ["duration"] = json => json.ValueKind is JsonValueKind.Number && json.GetRawText() is "5" or "10" or "15",
        ["enhance_prompt"] = IsFlag,
        ["seed"] = json => json.ValueKind is JsonValueKind.Number && json.TryGetInt64(out var seed) && seed is >= 0 and <= 2_147_483_647,
    };

    private static readonly Dictionary<string, Func<JsonElement, bool>> Shaped = new()
    {
        ["aspect_ratio"] = json => IsOneOf(json, "16:9", "9:16", "1:1", "4:3", "3:4"),
    };

    private static readonly Dictionary<string, Dictionary<string, Func<JsonElement, bool>>> Fields = new()
    {
        ["alibaba/wan-2-7-i2v"] = new(Common)
        {
            ["image_url"] = json => IsUrl(json) || IsInline(json, "image/"),
            ["audio_url"] = json => IsUrl(json) || IsInline(json, "audio/"),
            ["negative_prompt"] = IsShortText,
            ["enable_prompt_expansion"] = IsFlag,
            ["watermark"] = IsFlag,
        },
        ["alibaba/wan-2-7-t2v"] = new(Common.Concat(Shaped))
        {
            ["audio_url"] = json => IsUrl(json) || IsInline(json, "audio/"),
            ["negative_prompt"] = IsText,
            ["shot_type"] = json => IsOneOf(json, "single", "multi"),
            ["generate_audio"] = IsFlag,
        },
        ["alibaba/wan-2-7-r2v"] = new(Common.Concat(Shaped))
        {
            ["image_urls"] = json => IsList(json, item => IsUrl(item) || IsInline(item, "image/")),
            ["video_urls"] = json => IsList(json, item => IsUrl(item) || IsInline(item, "video/")),
            ["first_frame_image"] = json => IsUrl(json) || IsInline(json, "image/"),
            ["negative_prompt"] = IsShortText,
            ["watermark"] = IsFlag,
        },
    };

    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["alibaba/wan-2-7-i2v"] = ["prompt", "image_url"],
        ["alibaba/wan-2-7-t2v"] = ["prompt"],
        ["alibaba/wan-2-7-r2v"] = ["prompt"],
    };

    /// <summary>The reason why the service's schema refuses a body; empty if it accepts it.</summary>
    public static IReadOnlyList<string> Refusals(string body)
    {
        using var document = JsonDocument.Parse(body);
        var sent = document.RootElement.EnumerateObject().ToList();
        var model = sent.Single(field => field.Name == "model").Value.GetString()!;
        var (fields, required) = (Fields[model], Required[model]);
        return
        [
            .. sent.GroupBy(field => field.Name).Where(same => same.Count() > 1).Select(same => $"{same.Key} occurs twice"),
            .. required.Except(sent.Select(field => field.Name)).Select(name => $"{name} is missing"),
            .. sent.Where(field => field.Name != "model").SelectMany(field => fields.TryGetValue(field.Name, out var accepts)
                ? accepts(field.Value) ? Array.Empty<string>() : [$"{field.Name} is {field.Value.GetRawText()}"]
                : [$"{field.Name} is unknown"]),
        ];
    }

    private static bool IsText(JsonElement json) => json.ValueKind is JsonValueKind.String;

    private static bool IsShortText(JsonElement json) => IsText(json) && json.GetString()!.EnumerateRunes().Count() <= 500;

    private static bool IsFlag(JsonElement json) => json.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static bool IsOneOf(JsonElement json, params string[] words) => IsText(json) && words.Contains(json.GetString());

    private static bool IsUrl(JsonElement json) =>
        IsText(json) && Uri.TryCreate(json.GetString(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsInline(JsonElement json, string mediaType) =>
        IsText(json) && json.GetString()!.Split(";base64,") is [var head, var data]
        && head.StartsWith($"data:{mediaType}", StringComparison.Ordinal) && Convert.TryFromBase64String(data, new byte[data.Length], out var length) && length > 0;

    private static bool IsList(JsonElement json, Func<JsonElement, bool> accepts) =>
        json.ValueKind is JsonValueKind.Array && json.GetArrayLength() is >= 1 and <= 5 && json.EnumerateArray().All(accepts);
}
