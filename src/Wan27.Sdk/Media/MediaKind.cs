namespace Wan27.Sdk.Media;

/// <summary>What a caller can hand over.</summary>
internal enum MediaKind
{
    Image,
    Audio,
    Video,
}
