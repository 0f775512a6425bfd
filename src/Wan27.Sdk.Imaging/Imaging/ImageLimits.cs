using System.Drawing;
using System.Globalization;

namespace Wan27.Sdk.Imaging;

/// <summary>The limits of the API for an image, and the nearest sizes that are within them.</summary>
internal static class ImageLimits
{
    public const long MaxLength = 20 * 1024 * 1024;
    public const int MaxRatio = 8;
    private const int MinSide = 240;
    private const int MaxSide = 8_000;

    public static bool HasAllowedRatio(Size size) => Long(size) <= (long)MaxRatio * Short(size);

    public static string Ratio(Size size)
    {
        var ratio = ((double)Long(size) / Short(size)).ToString("0.###", CultureInfo.InvariantCulture);
        return size.Width > size.Height ? $"{ratio}:1" : $"1:{ratio}";
    }

    /// <summary>The size with a shorter longer side.</summary>
    public static Size Cropped(Size size) => Create(size, MaxRatio * Short(size), Short(size));

    /// <summary>The size with a longer shorter side.</summary>
    public static Size Padded(Size size) => Create(size, Long(size), (Long(size) + MaxRatio - 1) / MaxRatio);

    // The shorter side is rounded up and the longer one down, so that rounding does not leave the range of ratios.
    public static Size ScaledDown(Size size, int longSide = MaxSide) => Long(size) <= longSide
        ? size
        : Create(size, longSide, (int)(((long)Short(size) * longSide + Long(size) - 1) / Long(size)));

    public static Size ScaledUp(Size size) => Short(size) >= MinSide
        ? size
        : Create(size, (int)((long)Long(size) * MinSide / Short(size)), MinSide);

    private static int Long(Size size) => Math.Max(size.Width, size.Height);

    private static int Short(Size size) => Math.Min(size.Width, size.Height);

    private static Size Create(Size direction, int longSide, int shortSide) =>
        direction.Width >= direction.Height ? new Size(longSide, shortSide) : new Size(shortSide, longSide);
}
