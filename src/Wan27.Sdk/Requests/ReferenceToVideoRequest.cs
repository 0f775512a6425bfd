using Wan27.Sdk.Requests;

namespace Wan27.Sdk;

/// <summary>Represents a request for a video in which persons or objects of reference images and videos appear.</summary>
public sealed record ReferenceToVideoRequest : VideoGenerationRequest
{
    /// <summary>The id of the Wan 2.7 reference-to-video model.</summary>
    public const string DefaultModel = "alibaba/wan-2-7-r2v";

    /// <summary>Initializes a request for <see cref="DefaultModel"/>.</summary>
    public ReferenceToVideoRequest()
        : base(DefaultModel)
    {
    }

    /// <summary>Gets the reference images, together with <see cref="ReferenceVideos"/> 1 to 5.</summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// The API documents URLs here; local images have the limits of <see cref="ImageToVideoRequest.Image"/> and are sent as data URIs in the same
    /// way.
    /// </remarks>
    public IReadOnlyList<MediaSource> ReferenceImages { get; init; } = [];

    /// <summary>Gets the reference videos: MP4 or MOV, 1 to 30 s, at most 100 MB each; together with <see cref="ReferenceImages"/> 1 to 5.</summary>
    /// <value>The default is none.</value>
    /// <remarks>With a reference video, the video is at most 10 s long.</remarks>
    public IReadOnlyList<MediaSource> ReferenceVideos { get; init; } = [];

    /// <summary>Gets the first frame of the video.</summary>
    /// <value>The default is null.</value>
    /// <remarks>
    /// It determines the aspect ratio, so that it excludes <see cref="AspectRatio"/>, and has the limits of
    /// <see cref="ImageToVideoRequest.Image"/>.
    /// </remarks>
    public MediaSource? FirstFrameImage { get; init; }

    /// <summary>Gets the aspect ratio: <c>16:9</c>, <c>9:16</c>, <c>1:1</c>, <c>4:3</c> or <c>3:4</c>.</summary>
    /// <value>The default of the service is <c>16:9</c>.</value>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>Gets a value indicating whether the video has a watermark.</summary>
    /// <value>The default of the service is false.</value>
    public bool? Watermark { get; init; }

    internal override IEnumerable<MediaSource> MediaSources =>
        (ReferenceImages ?? []).Concat(ReferenceVideos ?? []).Append(FirstFrameImage).OfType<MediaSource>();

    internal override void WriteFields(RequestFields fields)
    {
        fields.Add("model", Model);
        fields.Add("prompt", Prompt);
        fields.Add("image_urls", ReferenceImages?.OfType<MediaSource>().ToList());
        fields.Add("video_urls", ReferenceVideos?.OfType<MediaSource>().ToList());
        fields.Add("first_frame_image", FirstFrameImage);
        fields.Add("aspect_ratio", AspectRatio);
        fields.Add("resolution", Resolution);
        fields.Add("duration", Duration);
        fields.Add("negative_prompt", NegativePrompt);
        fields.Add("enhance_prompt", EnhancePrompt);
        fields.Add("seed", Seed);
        fields.Add("watermark", Watermark);
    }

    private protected override void Check(RequestRules rules)
    {
        base.Check(rules);
        rules.NegativePrompt(nameof(NegativePrompt), NegativePrompt);
        rules.References(nameof(ReferenceImages), ReferenceImages, nameof(ReferenceVideos), ReferenceVideos, Duration);
        rules.FirstFrame(nameof(FirstFrameImage), FirstFrameImage, nameof(AspectRatio), AspectRatio);
        rules.Known(nameof(AspectRatio), AspectRatio);
    }
}
