using System.Drawing;

namespace Wan27.Sdk;

/// <summary>Configures how <see cref="MediaImage"/> prepares an image.</summary>
public sealed record ImagePreparationOptions
{
    /// <summary>Gets the color behind transparent pixels and padding. Its alpha value is ignored.</summary>
    /// <value>The default is white.</value>
    public Color Background { get; init; } = Color.White;

    /// <summary>Gets what is done with an image whose aspect ratio is not between 1:8 and 8:1.</summary>
    /// <value>The default is <see cref="Wan27.Sdk.AspectRatioAdjustment.None"/>: the image is refused.</value>
    public AspectRatioAdjustment AspectRatioAdjustment { get; init; }

    /// <summary>Gets the limit of the number of pixels, which is compared with the header before the image is decoded.</summary>
    /// <value>One or more. The default is 120,000,000, which includes the images of cameras with 108 megapixels.</value>
    /// <remarks>
    /// The limit protects from small files that become huge in memory. Decoding uses about 4 bytes for each pixel, and for some formats, such as
    /// JPEG XL, several times as much. An application that accepts images from users should set a lower limit, and limit how many it prepares at a time.
    /// </remarks>
    public long MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 120_000_000;

    /// <summary>Gets the limit of the time for decoding, changing and encoding an image.</summary>
    /// <value>More than zero, at most one day. The default is one minute.</value>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            field = value;
        }
    } = TimeSpan.FromMinutes(1);
}
