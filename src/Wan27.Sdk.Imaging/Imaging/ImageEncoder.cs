using System.Drawing;
using ImageMagick;

namespace Wan27.Sdk.Imaging;

/// <summary>Encodes an image so that it is not larger than the API allows.</summary>
internal sealed class ImageEncoder(CancellationToken cancellationToken)
{
    /// <summary>Above it, PNG is slow, and photos do not fit.</summary>
    private const long MaxPngPixels = 16_000_000;

    private static readonly uint[] Qualities = [92, 85, 75, 60, 45];

    /// <summary>Encodes a lossless image as PNG if it fits, and any other as JPEG. If no quality is low enough, the image is scaled down.</summary>
    public (byte[] Bytes, bool IsPng) Encode(MagickImage image, bool isLossless)
    {
        if (isLossless && image.Width * (long)image.Height <= MaxPngPixels)
        {
            image.Settings.SetDefine(MagickFormat.Png, "compression-level", "3");
            if (Write(image, MagickFormat.Png24) is { } png)
                return (png, true);
        }

        while (true)
        {
            foreach (var quality in Qualities)
            {
                image.Quality = quality;
                if (Write(image, MagickFormat.Jpeg) is { } jpeg)
                    return (jpeg, false);
            }

            // An image that has 20 MB as JPEG has more than the fewest pixels per side.
            var size = ImageLimits.ScaledDown(new Size((int)image.Width, (int)image.Height), (int)Math.Max(image.Width, image.Height) * 3 / 4);
            image.Resize(new MagickGeometry((uint)size.Width, (uint)size.Height) { IgnoreAspectRatio = true });
        }
    }

    private byte[]? Write(MagickImage image, MagickFormat format)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stream = new MemoryStream();
        image.Write(stream, format);
        cancellationToken.ThrowIfCancellationRequested();
        return stream.Length <= ImageLimits.MaxLength ? stream.ToArray() : null;
    }
}
