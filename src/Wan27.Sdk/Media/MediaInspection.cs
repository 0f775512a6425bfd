namespace Wan27.Sdk.Media;

/// <summary>What is known of media before they are sent; of an address, nothing but that it is one.</summary>
/// <param name="Format">The format by its first bytes; null when unknown or remote.</param>
/// <param name="Length">The length in bytes; 0 when remote.</param>
/// <param name="Fault">Why the media cannot be used at all; null when they can.</param>
internal sealed record MediaInspection(MediaFormat? Format, long Length, string? Fault)
{
    public MediaKind? Kind => Format?.Kind;
}
