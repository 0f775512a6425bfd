namespace Wan27.Sdk;

/// <summary>Specifies how a prepared image differs from the original file.</summary>
[Flags]
public enum ImageChanges
{
    /// <summary>The file was not changed.</summary>
    None = 0,

    /// <summary>The image was encoded again.</summary>
    Encoded = 1 << 0,

    /// <summary>The file has another format than the original.</summary>
    Converted = 1 << 1,

    /// <summary>Only one image of several was kept: the first, or the largest of an icon.</summary>
    SingleImage = 1 << 2,

    /// <summary>The image was rotated or mirrored as its EXIF orientation requires.</summary>
    Oriented = 1 << 3,

    /// <summary>The colors were converted to sRGB.</summary>
    ColorsConverted = 1 << 4,

    /// <summary>An alpha channel that was opaque throughout was removed.</summary>
    AlphaRemoved = 1 << 5,

    /// <summary>Transparent pixels were drawn on <see cref="ImagePreparationOptions.Background"/>.</summary>
    Flattened = 1 << 6,

    /// <summary>The ends of the longer side were cut off.</summary>
    Cropped = 1 << 7,

    /// <summary>The shorter side was extended.</summary>
    Padded = 1 << 8,

    /// <summary>The image was scaled.</summary>
    Scaled = 1 << 9,

    /// <summary>Metadata was removed, such as EXIF with a GPS position, XMP, IPTC and comments.</summary>
    MetadataRemoved = 1 << 10,
}
