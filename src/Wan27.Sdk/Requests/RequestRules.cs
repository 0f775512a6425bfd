using System.Globalization;
using System.Text;
using Wan27.Sdk.Media;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk.Requests;

/// <summary>The documented limits, each named once. Collects every breach instead of stopping at the first.</summary>
internal sealed class RequestRules(MediaSet openMedia)
{
    private const int MaxPromptLength = 5_000;
    private const int MaxNegativePromptLength = 500;
    private const long MaxSeed = int.MaxValue;
    private const int MaxReferences = 5;
    private const int MaxSecondsWithReferenceVideo = 10;
    private const long Megabyte = 1024 * 1024;
    private const long MaxImageLength = 20 * Megabyte;
    private const int MinImageSide = 240;
    private const int MaxImageSide = 8_000;
    private const int MaxImageRatio = 8;
    private const int MinAudioSeconds = 2;
    private const int MaxAudioSeconds = 30;
    private const long MaxAudioLength = 15 * Megabyte;
    private const int MinVideoSeconds = 1;
    private const int MaxVideoSeconds = 30;
    private const long MaxVideoLength = 100 * Megabyte;

    /// <summary>A video cut at a limit ends with a complete frame, and its audio may end later than its frames.</summary>
    private static readonly TimeSpan VideoTolerance = TimeSpan.FromSeconds(0.1);

    private static readonly int[] OfferedSeconds = [5, 10, 15];

    private readonly List<RequestProblem> problems = [];

    public IReadOnlyList<RequestProblem> Problems => problems;

    public void Required(string member, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(member, "is required and is empty");
    }

    public bool Required(string member, MediaSource? media)
    {
        if (media is null)
            Add(member, "is required and is missing");
        return media is not null;
    }

    public void Prompt(string member, string? prompt)
    {
        Required(member, prompt);
        AtMost(member, prompt, MaxPromptLength);
        Unicode(member, prompt);
    }

    // JSON cannot hold it: another text than the caller's would be paid for.
    public void Unicode(string member, string? text)
    {
        var at = 0;
        while (at < text?.Length && Rune.TryGetRuneAt(text, at, out var rune))
            at += rune.Utf16SequenceLength;
        if (at < text?.Length)
            Add(member, $"holds half of a surrogate pair at position {at}, which is no character");
    }

    public void NegativePrompt(string member, string? prompt) => AtMost(member, prompt, MaxNegativePromptLength);

    public void Duration(string member, VideoDuration? duration)
    {
        if (duration is { } given && !OfferedSeconds.Contains(given.Seconds))
            Add(member, $"is {given.Seconds} s; offered are {string.Join(", ", OfferedSeconds)} s");
    }

    public void Seed(string member, long? seed)
    {
        if (seed is < 0 or > MaxSeed)
            Add(member, string.Create(CultureInfo.InvariantCulture, $"is {seed}; the range is 0 to {MaxSeed}"));
    }

    public void Known<T>(string member, T? value)
        where T : struct, IOpenValue<T>
    {
        if (value is { } given && !T.Known.Contains(given))
            Add(member, $"is '{given}'; offered are {string.Join(", ", T.Known)}");
    }

    public void ClientRequestId(string member, string? id)
    {
        if (id is not null && ClientRequestIdFormat.Problem(id) is { } problem)
            Add(member, problem);
    }

    /// <summary>Checks fields whose meaning is not known: that they can be sent, and that their media can be read.</summary>
    public void Fields(string member, IReadOnlyDictionary<string, object?> fields)
    {
        if (fields.ContainsKey("model"))
            Add($"{member}.model", $"is set twice; use {nameof(VideoGenerationRequest.Model)}");
        foreach (var (path, value) in FieldValues.Leaves(fields, ""))
        {
            var name = $"{member}.{path}";
            Unicode(name, FieldValues.Text(value));
            if (RequestFields.ProblemOf(value) is { } problem)
                Add(name, problem);
            // Other models accept other formats, so that only what cannot be read has no length.
            if (value is MediaSource media && openMedia.Inspect(media) is { Length: 0, Fault: { } fault })
                Add(name, fault);
        }
    }

    public void Image(string member, MediaSource? media)
    {
        if (Media(member, media, MediaKind.Image, MaxImageLength) is not { Image: { } size } found)
            return;
        if (size.ShortSide < MinImageSide || size.LongSide > MaxImageSide)
            Add(member, $"is {size}; the range of each side is {MinImageSide} to {MaxImageSide} px");
        if (size.ShortSide > 0 && size.LongSide > MaxImageRatio * size.ShortSide)
            Add(member, $"is {size}, a ratio of {size.Ratio}; the range is 1:{MaxImageRatio} to {MaxImageRatio}:1");
        if (size.HasAlpha && found.Format == MediaFormat.Png)
            Add(member, $"is {found.Format} with an alpha channel or a tRNS chunk, which counts even if all of it is opaque; remove it, or save the image as JPEG");
    }

    public void Audio(string member, MediaSource? media)
    {
        var found = Media(member, media, MediaKind.Audio, MaxAudioLength);
        Lasts(member, found?.Duration, MinAudioSeconds, MaxAudioSeconds, found?.Format == MediaFormat.Mp3 ? Mp3Frames.MostFilling : TimeSpan.Zero);
    }

    public void References(
        string imagesMember, IReadOnlyList<MediaSource>? images, string videosMember, IReadOnlyList<MediaSource>? videos, VideoDuration? duration)
    {
        var (imageCount, videoCount) = (images?.Count ?? 0, videos?.Count ?? 0);
        if (imageCount + videoCount == 0)
            Add(imagesMember, "has no reference; at least one image or video is required");
        if (imageCount + videoCount > MaxReferences)
            Add(imagesMember, $"and {videosMember} hold {imageCount + videoCount} references together; the limit is {MaxReferences}");
        if (videoCount > 0 && duration is { Seconds: > MaxSecondsWithReferenceVideo } given)
            Add(nameof(VideoGenerationRequest.Duration), $"is {given.Seconds} s; with a reference video the limit is {MaxSecondsWithReferenceVideo} s");
        for (var i = 0; i < imageCount; i++)
        {
            if (Required($"{imagesMember}[{i}]", images![i]))
                Image($"{imagesMember}[{i}]", images[i]);
        }

        for (var i = 0; i < videoCount; i++)
        {
            if (Required($"{videosMember}[{i}]", videos![i]))
                Video($"{videosMember}[{i}]", videos[i]);
        }
    }

    public void FirstFrame(string member, MediaSource? frame, string ratioMember, AspectRatio? ratio)
    {
        Image(member, frame);
        if (frame is not null && ratio is { } given)
            Add(ratioMember, $"is {given}, but {member} decides the shape; set one of the two");
    }

    private void Video(string member, MediaSource media) =>
        Lasts(member, Media(member, media, MediaKind.Video, MaxVideoLength)?.Duration, MinVideoSeconds, MaxVideoSeconds, VideoTolerance);

    private void Lasts(string member, TimeSpan? duration, int min, int max, TimeSpan tolerance)
    {
        if (duration is not { } found)
            return;
        // To the millisecond: audio that was cut at a limit may have a sample too many.
        var seconds = Math.Round(found.TotalSeconds, 3);
        if (seconds < min || seconds > max + tolerance.TotalSeconds)
            Add(member, string.Create(CultureInfo.InvariantCulture, $"lasts {seconds:0.###} s; the range is {min} to {max} s"));
    }

    private void AtMost(string member, string? text, int limit)
    {
        // A character beyond the basic plane, such as an emoji, counts once, as it does in JSON Schema.
        if (text?.Length > limit && text.EnumerateRunes().Count() is var length && length > limit)
            Add(member, $"has {length} characters; the limit is {limit}");
    }

    private MediaInspection? Media(string member, MediaSource? media, MediaKind expected, long maxLength)
    {
        if (media is null)
            return null;
        var found = openMedia.Inspect(media);
        if (found.Kind is { } kind && kind != expected)
            Add(member, $"is {found.Format}; expected is {MediaFormat.Offered(expected)}");
        else if (found.Fault is { } fault)
            Add(member, fault);
        if (found.Length > maxLength)
            Add(member, $"has {found.Length} bytes; the limit is {maxLength} ({maxLength / Megabyte} MB)");
        return found;
    }

    private void Add(string member, string message) => problems.Add(new RequestProblem(member, message));
}
