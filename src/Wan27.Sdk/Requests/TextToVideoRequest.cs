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

    /// <summary>Gets the aspect ratio: <c>16:9</c>, <c>9:16</c>, <c>1:1</c>, <c>4:3</c> or <c>3:4</c>. Default of the service: <c>16:9</c>.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>Gets the audio of the video. WAV or MP3, 2 to 30 s, at most 15 MB. Default: as <see cref="GenerateAudio"/> specifies.</summary>
    public MediaSource? Audio { get; init; }

    /// <summary>Gets whether the video has one shot or several. Default of the service: <c>single</c>.</summary>
    public ShotType? ShotType { get; init; }

    /// <summary>Gets whether the service generates audio; it ignores this if <see cref="Audio"/> is set. Default of the service: true.</summary>
    public bool? GenerateAudio { get; init; }

    internal override IEnumerable<MediaSource> MediaSources => new[] { Audio }.OfType<MediaSource>();

    internal override void WriteFields(RequestFields fields)
    {
        fields.Text("model", Model);
        fields.Text("prompt", Prompt);
        fields.Media("audio_url", Audio);
        fields.Text("aspect_ratio", AspectRatio?.ToString());
        fields.Text("resolution", Resolution?.ToString());
        fields.Number("duration", Duration?.Seconds);
        fields.Text("negative_prompt", NegativePrompt);
        fields.Text("shot_type", ShotType?.ToString());
        fields.Flag("generate_audio", GenerateAudio);
        fields.Flag("enhance_prompt", EnhancePrompt);
        fields.Number("seed", Seed);
    }

    private protected override void Check(RequestRules rules)
    {
        rules.Known(nameof(AspectRatio), AspectRatio);
        rules.Known(nameof(ShotType), ShotType);
        rules.Audio(nameof(Audio), Audio);
    }
}
