using System.Globalization;

namespace Wan27.Sdk.Media;

/// <summary>What the header of an image contains.</summary>
/// <param name="Width">Points from left to right, as a viewer shows it.</param>
/// <param name="Height">Points from top to bottom, as a viewer shows it.</param>
/// <param name="HasAlpha">Whether points may be transparent.</param>
internal readonly record struct ImageSize(long Width, long Height, bool HasAlpha)
{
    public long ShortSide => Math.Min(Width, Height);

    public long LongSide => Math.Max(Width, Height);

    /// <summary>Width to height in words, the shorter side being 1.</summary>
    public string Ratio
    {
        get
        {
            var ratio = ((double)LongSide / ShortSide).ToString("0.###", CultureInfo.InvariantCulture);
            return Width > Height ? $"{ratio}:1" : $"1:{ratio}";
        }
    }

    public override string ToString() => $"{Width}x{Height} px";
}
