using System.Text.Json;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Media;

namespace Wan27.Sdk.Emulator.Schema;

/// <summary>The fields that a model accepts.</summary>
internal sealed record ModelSchema(string Id, IReadOnlyList<Field> Fields)
{
    /// <summary>Models of other families and earlier versions, which accept any fields.</summary>
    private static readonly string[] OpenModels =
    [
        "alibaba/wan2.1-t2v-turbo",
        "alibaba/wan2.2-i2v-plus",
        "alibaba/wan2.5-i2v-preview",
        "alibaba/wan-2-6-i2v",
        "klingai/v2.1-master-image-to-video",
        "klingai/v2.5-turbo/pro/image-to-video",
        "google/veo-3.1-i2v",
        "openai/sora-2-i2v",
        "minimax/hailuo-2.3",
        "luma/ray-2",
        "pixverse/v5/image-to-video",
    ];

    private const int PromptLimit = 5000;
    private const int NegativePromptLimit = 500;
    private const int ReferenceLimit = 5;

    private static readonly Field[] Common =
    [
        Field.Text("model", required: true),
        Field.Text("prompt", PromptLimit, required: true),
        Field.Choice("resolution", "720p", "1080p"),
        Field.Choice("duration", 5, 10, 15),
        Field.Boolean("enhance_prompt"),
        Field.Integer("seed", 0, int.MaxValue),
    ];

    private static readonly Field AspectRatio = Field.Choice("aspect_ratio", "16:9", "9:16", "1:1", "4:3", "3:4");

    private static readonly ModelSchema ImageToVideo = new("alibaba/wan-2-7-i2v",
    [
        .. Common,
        Field.Image("image_url", required: true),
        Field.Audio("audio_url"),
        Field.Text("negative_prompt", NegativePromptLimit),
        Field.Choice("shot_type", "single", "multi"),
        Field.Boolean("generate_audio"),
        Field.Boolean("enable_prompt_expansion"),
        Field.Boolean("watermark"),
    ]);

    private static readonly ModelSchema TextToVideo = new("alibaba/wan-2-7-t2v",
    [
        .. Common,
        AspectRatio,
        Field.Audio("audio_url"),
        Field.Text("negative_prompt"),
    ]);

    private static readonly ModelSchema ReferenceToVideo = new("alibaba/wan-2-7-r2v",
    [
        .. Common,
        AspectRatio,
        Field.Image("first_frame_image"),
        Field.Images("image_urls", ReferenceLimit),
        Field.Videos("video_urls", ReferenceLimit),
        Field.Text("negative_prompt", NegativePromptLimit),
        Field.Boolean("watermark"),
    ]);

    public static IReadOnlyList<ModelSchema> All { get; } =
    [
        ImageToVideo,
        TextToVideo,
        ReferenceToVideo,
        .. OpenModels.Select(id => new ModelSchema(id, [Field.Text("model", required: true)]) { IsOpen = true }),
    ];

    /// <summary>Gets a value indicating whether the fields of the model are not known.</summary>
    public bool IsOpen { get; init; }

    public IReadOnlyList<JsonObject> Validate(
        JsonElement body, IReadOnlyDictionary<string, InlineMedia> inlineMedia, bool rejectUnknown)
    {
        var issues = new List<JsonObject>();
        foreach (var field in Fields)
        {
            if (body.TryGetProperty(field.Name, out var value))
                issues.AddRange(field.Check(value, inlineMedia));
            else if (field.IsRequired)
                issues.Add(ValidationIssue.Missing(field.Name, field.Type));
        }

        if (this == ReferenceToVideo && issues.Count == 0)
            issues.AddRange(CheckReferences(body));
        if (rejectUnknown && !IsOpen)
            issues.AddRange(body.EnumerateObject().Where(IsUnknown).Select(field => ValidationIssue.Unrecognized(field.Name)));
        return issues;
    }

    /// <summary>Reads the settings of a valid body.</summary>
    public GenerationParameters ReadParameters(JsonElement body, IReadOnlyDictionary<string, InlineMedia> inlineMedia)
    {
        if (IsOpen)
            return new GenerationParameters(Id, "720p", 5, "16:9") { FixedUsd = Pricing.GetUsdPerOtherVideo(Id) };
        var resolution = GetText(body, "resolution") ?? "1080p";
        var seconds = body.TryGetProperty("duration", out var duration) ? (int)duration.GetDecimal() : 10;
        var image = GetText(body, "image_url") ?? GetText(body, "first_frame_image");
        var aspectRatio = FindAspectRatio(image, inlineMedia) ?? GetText(body, "aspect_ratio") ?? "16:9";
        return new GenerationParameters(Id, resolution, seconds, aspectRatio);
    }

    private static IEnumerable<JsonObject> CheckReferences(JsonElement body)
    {
        var count = Count(body, "image_urls") + Count(body, "video_urls");
        return count switch
        {
            0 => [ValidationIssue.Custom("image_urls", "At least one reference image or video is required")],
            > ReferenceLimit =>
            [
                ValidationIssue.Custom(
                    "image_urls", $"At most {ReferenceLimit} reference images and videos together, received {count}"),
            ],
            _ => [],
        };
    }

    private static int Count(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) ? list.GetArrayLength() : 0;

    // An image at a URL is not downloaded, because the emulator never sends requests.
    private static string? FindAspectRatio(string? image, IReadOnlyDictionary<string, InlineMedia> inlineMedia) =>
        image is not null && inlineMedia.TryGetValue(image, out var media)
            ? ImageSize.FindNearestAspectRatio(media.Prefix.Span)
            : null;

    // A field that the model does not define can have any value.
    private string? GetText(JsonElement body, string name) =>
        Fields.Any(field => field.Name == name) && body.TryGetProperty(name, out var value) ? value.GetString() : null;

    private bool IsUnknown(JsonProperty property) => Fields.All(field => field.Name != property.Name);
}
