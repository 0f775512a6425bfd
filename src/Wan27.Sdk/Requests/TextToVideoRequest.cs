using Wan27.Sdk.Requests;

namespace Wan27.Sdk;

/// <summary>Represents a request for a video from a text.</summary>
public sealed record TextToVideoRequest : VideoGenerationRequest
{
    /// <summary>The id of the Wan 2.7 text-to-video model.</summary>
    public const string DefaultModel = "alibaba/wan-2-7-t2v";

    /// <summary>Initializes a request for <see cref="DefaultModel"/>.</summary>
    public TextToVideoRequest()
        : base(DefaultModel)
    {
    }

    /// <summary>Gets the aspect ratio: <c>16:9</c>, <c>9:16</c>, <c>1:1</c>, <c>4:3</c> or <c>3:4</c>.</summary>
    /// <value>The default of the service is <c>16:9</c>.</value>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>Gets the audio of the video.</summary>
    /// <value>WAV or MP3, 2 to 30 s, at most 15 MB. By default, as <see cref="GenerateAudio"/> specifies.</value>
    public MediaSource? Audio { get; init; }

    /// <summary>Gets a value indicating whether the video has one shot or several.</summary>
    /// <value>The default of the service is <c>single</c>.</value>
    public ShotType? ShotType { get; init; }

    /// <summary>Gets a value indicating whether the service generates audio; it ignores this if <see cref="Audio"/> is set.</summary>
    /// <value>The default of the service is true.</value>
    public bool? GenerateAudio { get; init; }

    internal override IEnumerable<MediaSource> MediaSources => new[] { Audio }.OfType<MediaSource>();

    internal override void WriteFields(RequestFields fields)
    {
        fields.Add("model", Model);
        fields.Add("prompt", Prompt);
        fields.Add("audio_url", Audio);
        fields.Add("aspect_ratio", AspectRatio);
        fields.Add("resolution", Resolution);
        fields.Add("duration", Duration);
        fields.Add("negative_prompt", NegativePrompt);
        fields.Add("shot_type", ShotType);
        fields.Add("generate_audio", GenerateAudio);
        fields.Add("enhance_prompt", EnhancePrompt);
        fields.Add("seed", Seed);
    }

    private protected override void Check(RequestRules rules)
    {
        base.Check(rules);
        rules.Known(nameof(AspectRatio), AspectRatio);
        rules.Known(nameof(ShotType), ShotType);
        rules.Audio(nameof(Audio), Audio);
    }
}
