namespace Wan27.Sdk.Media;

/// <summary>What is known of media before they are sent; of an address, nothing but that it is one.</summary>
/// <param name="Format">The format by its first bytes; null when unknown or remote.</param>
/// <param name="Length">The length in bytes; 0 when remote.</param>
/// <param name="Fault">Why the media cannot be used, or what is wrong with their header; null when nothing is.</param>
internal sealed record MediaInspection(MediaFormat? Format, long Length, string? Fault)
{
    /// <summary>Gets what the header of an image contains; null for other media, and if <see cref="Fault"/> is why it could not be read.</summary>
    public ImageSize? Image { get; init; }

    /// <summary>Gets the duration of audio or video; null as <see cref="Image"/> is.</summary>
    public TimeSpan? Duration { get; init; }

    public MediaKind? Kind => Format?.Kind;

    public MediaInfo ToInfo() => new()
    {
        Format = Format?.Name,
        MediaType = Format?.MediaType,
        Width = Image?.Width,
        Height = Image?.Height,
        Duration = Duration,
        Length = Length > 0 ? Length : null,
        Problem = Fault,
    };
}
