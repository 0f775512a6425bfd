using Wan27.Sdk.Requests;

namespace Wan27.Sdk;

/// <summary>Pictures and clips of persons or things, and a sentence about them, become a video in which they act.</summary>
public sealed record ReferenceToVideoRequest : VideoGenerationRequest
{
    /// <summary>The id of the Wan 2.7 reference-to-video model.</summary>
    public const string DefaultModel = "alibaba/wan-2-7-r2v";

    /// <summary>Makes a request for <see cref="DefaultModel"/>.</summary>
    public ReferenceToVideoRequest()
        : base(DefaultModel)
    {
    }

    /// <summary>
    /// Pictures of what shall appear. With <see cref="ReferenceVideos"/> 1 to 5 together; default: none.
    /// The vendor documents addresses here; local pictures have the limits of <see cref="ImageToVideoRequest.Image"/> and are sent as data URIs, as it is.
    /// </summary>
    public IReadOnlyList<MediaSource> ReferenceImages { get; init; } = [];

    /// <summary>
    /// Clips of what shall appear. MP4 or MOV, 1 to 30 s, at most 100 MB each; with <see cref="ReferenceImages"/> 1 to 5 together; default: none.
    /// With a clip the video is at most 10 s long.
    /// </summary>
    public IReadOnlyList<MediaSource> ReferenceVideos { get; init; } = [];

    /// <summary>The first picture of the video; it decides the shape, so it excludes <see cref="AspectRatio"/>, and has the limits of <see cref="ImageToVideoRequest.Image"/>. Default: none.</summary>
    public MediaSource? FirstFrameImage { get; init; }

    /// <summary>The shape of the picture. <c>16:9</c>, <c>9:16</c>, <c>1:1</c>, <c>4:3</c> or <c>3:4</c>; the server's default is <c>16:9</c>.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>Whether the video bears a watermark. The server's default is false.</summary>
    public bool? Watermark { get; init; }

    internal override IEnumerable<MediaSource> MediaSources =>
        (ReferenceImages ?? []).Concat(ReferenceVideos ?? []).Append(FirstFrameImage).OfType<MediaSource>();

    internal override void WriteFields(RequestFields fields)
    {
        fields.Text("model", Model);
        fields.Text("prompt", Prompt);
        fields.MediaList("image_urls", ReferenceImages);
        fields.MediaList("video_urls", ReferenceVideos);
        fields.Media("first_frame_image", FirstFrameImage);
        fields.Text("aspect_ratio", AspectRatio?.ToString());
        fields.Text("resolution", Resolution?.ToString());
        fields.Number("duration", Duration?.Seconds);
        fields.Text("negative_prompt", NegativePrompt);
        fields.Flag("enhance_prompt", EnhancePrompt);
        fields.Number("seed", Seed);
        fields.Flag("watermark", Watermark);
    }

    private protected override void Check(RequestRules rules)
    {
        rules.NegativePrompt(nameof(NegativePrompt), NegativePrompt);
        rules.References(nameof(ReferenceImages), ReferenceImages, nameof(ReferenceVideos), ReferenceVideos, Duration);
        rules.FirstFrame(nameof(FirstFrameImage), FirstFrameImage, nameof(AspectRatio), AspectRatio);
        rules.AspectRatio(nameof(AspectRatio), AspectRatio);
    }
}
