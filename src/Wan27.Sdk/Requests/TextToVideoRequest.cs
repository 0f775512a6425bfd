using Wan27.Sdk.Requests;

namespace Wan27.Sdk;

/// <summary>A sentence alone becomes a video.</summary>
public sealed record TextToVideoRequest : VideoGenerationRequest
{
    /// <summary>The id of the Wan 2.7 text-to-video model.</summary>
    public const string DefaultModel = "alibaba/wan-2-7-t2v";

    /// <summary>Makes a request for <see cref="DefaultModel"/>.</summary>
    public TextToVideoRequest()
        : base(DefaultModel)
    {
    }

    /// <summary>The shape of the picture. <c>16:9</c>, <c>9:16</c>, <c>1:1</c>, <c>4:3</c> or <c>3:4</c>; the server's default is <c>16:9</c>.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>The sound of the video. WAV or MP3, 2 to 30 s, at most 15 MB; default: as <see cref="GenerateAudio"/> says.</summary>
    public MediaSource? Audio { get; init; }

    /// <summary>One shot or several. The server's default is <c>single</c>.</summary>
    public ShotType? ShotType { get; init; }

    /// <summary>Whether the server makes a sound for the video; it ignores this where <see cref="Audio"/> is set. The server's default is true.</summary>
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
        rules.AspectRatio(nameof(AspectRatio), AspectRatio);
        rules.OneOf(nameof(ShotType), ShotType?.ToString(), "single", "multi");
        rules.Audio(nameof(Audio), Audio);
    }
}
