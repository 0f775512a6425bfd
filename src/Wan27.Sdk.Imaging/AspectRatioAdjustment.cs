namespace Wan27.Sdk;

/// <summary>Specifies what <see cref="MediaImage"/> does with an image whose aspect ratio is not between 1:8 and 8:1.</summary>
public enum AspectRatioAdjustment
{
    /// <summary>The image is refused.</summary>
    None,

    /// <summary>The ends of the longer side are cut off.</summary>
    Crop,

    /// <summary>The shorter side is extended at both ends with <see cref="ImagePreparationOptions.Background"/>.</summary>
    Pad,
}
