using Wan27.Sdk.Requests;

namespace Wan27.Sdk;

/// <summary>Represents a request for a video from an image and a text. The video begins with the image and has its aspect ratio.</summary>
public sealed record ImageToVideoRequest : VideoGenerationRequest
{
    /// <summary>The id of the Wan 2.7 image-to-video model.</summary>
    public const string DefaultModel = "alibaba/wan-2-7-i2v";

    /// <summary>Initializes a request for <see cref="DefaultModel"/>.</summary>
    public ImageToVideoRequest()
        : base(DefaultModel)
    {
    }

    /// <summary>
    /// Gets the first frame of the video. JPEG, PNG without transparency, BMP or WEBP; each side 240 to 8,000 pixels, the ratio of width to height
    /// 1:8 to 8:1, at most 20 MB (20 × 1,048,576 bytes); required.
    /// </summary>
    public required MediaSource Image { get; init; }

    /// <summary>Gets the audio of the video.</summary>
    /// <value>WAV or MP3, 2 to 30 s, at most 15 MB. By default, the service generates it.</value>
    public MediaSource? Audio { get; init; }

    /// <summary>Gets a value indicating whether the video has a watermark.</summary>
    /// <value>The default of the service is false.</value>
    public bool? Watermark { get; init; }

    internal override IEnumerable<MediaSource> MediaSources => new[] { Image, Audio }.OfType<MediaSource>();

    internal override void WriteFields(RequestFields fields)
    {
        fields.Add("model", Model);
        fields.Add("prompt", Prompt);
        fields.Add("image_url", Image);
        fields.Add("audio_url", Audio);
        fields.Add("resolution", Resolution);
        fields.Add("duration", Duration);
        fields.Add("negative_prompt", NegativePrompt);
        fields.Add("enhance_prompt", EnhancePrompt);
        fields.Add("enable_prompt_expansion", EnhancePrompt); // the documentation has both and does not specify which of them wins
        fields.Add("seed", Seed);
        fields.Add("watermark", Watermark);
    }

    private protected override void Check(RequestRules rules)
    {
        base.Check(rules);
        rules.NegativePrompt(nameof(NegativePrompt), NegativePrompt);
        if (rules.Required(nameof(Image), Image))
            rules.Image(nameof(Image), Image);
        rules.Audio(nameof(Audio), Audio);
    }
}
