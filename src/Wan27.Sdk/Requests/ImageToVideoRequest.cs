using Wan27.Sdk.Requests;

namespace Wan27.Sdk;

/// <summary>A picture and a sentence become a video that begins with the picture and has its shape.</summary>
public sealed record ImageToVideoRequest : VideoGenerationRequest
{
    /// <summary>The id of the Wan 2.7 image-to-video model.</summary>
    public const string DefaultModel = "alibaba/wan-2-7-i2v";

    /// <summary>Makes a request for <see cref="DefaultModel"/>.</summary>
    public ImageToVideoRequest()
        : base(DefaultModel)
    {
    }

    /// <summary>
    /// The first picture of the video. JPEG, PNG without transparency, BMP or WEBP; each side 240 to 8,000 points, the ratio of width to height
    /// 1:8 to 8:1, at most 20 MB (20 × 1,048,576 bytes); required.
    /// </summary>
    public required MediaSource Image { get; init; }

    /// <summary>The sound of the video. WAV or MP3, 2 to 30 s, at most 15 MB; default: the server makes one.</summary>
    public MediaSource? Audio { get; init; }

    /// <summary>Whether the video bears a watermark. The server's default is false.</summary>
    public bool? Watermark { get; init; }

    internal override IEnumerable<MediaSource> MediaSources => new[] { Image, Audio }.OfType<MediaSource>();

    internal override void WriteFields(RequestFields fields)
    {
        fields.Text("model", Model);
        fields.Text("prompt", Prompt);
        fields.Media("image_url", Image);
        fields.Media("audio_url", Audio);
        fields.Text("resolution", Resolution?.ToString());
        fields.Number("duration", Duration?.Seconds);
        fields.Text("negative_prompt", NegativePrompt);
        fields.Flag("enhance_prompt", EnhancePrompt);
        fields.Flag("enable_prompt_expansion", EnhancePrompt); // its twin in the vendor's reference, which does not say which of the two wins
        fields.Number("seed", Seed);
        fields.Flag("watermark", Watermark);
    }

    private protected override void Check(RequestRules rules)
    {
        rules.NegativePrompt(nameof(NegativePrompt), NegativePrompt);
        if (rules.Required(nameof(Image), Image))
            rules.Image(nameof(Image), Image);
        rules.Audio(nameof(Audio), Audio);
    }
}
