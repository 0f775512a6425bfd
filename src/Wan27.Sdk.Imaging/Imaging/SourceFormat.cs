using System.Buffers.Binary;
using System.Text;
using ImageMagick;

namespace Wan27.Sdk.Imaging;

/// <summary>A format that is decoded, found by the first bytes. The decoder is always named, so that no other one is ever selected by the content.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Decoder">The decoder.</param>
internal sealed record SourceFormat(string Name, MagickFormat Decoder)
{
    public static readonly SourceFormat Jpeg = new("JPEG", MagickFormat.Jpeg);
    public static readonly SourceFormat Png = new("PNG", MagickFormat.Png);
    public static readonly SourceFormat Webp = new("WEBP", MagickFormat.WebP);

    private static readonly SourceFormat Heic = new("HEIC", MagickFormat.Heic);
    private static readonly SourceFormat Avif = new("AVIF", MagickFormat.Avif);
    private static readonly SourceFormat Tiff = new("TIFF", MagickFormat.Tiff);
    private static readonly SourceFormat Jxl = new("JPEG XL", MagickFormat.Jxl);

    private static readonly (string Signature, SourceFormat Format)[] Signatures =
    [
        ("\u00FF\u00D8\u00FF", Jpeg),
        ("\u0089PNG\r\n\u001A\n", Png),
        ("BM", new("BMP", MagickFormat.Bmp)),
        ("GIF87a", new("GIF", MagickFormat.Gif)),
        ("GIF89a", new("GIF", MagickFormat.Gif)),
        ("II*\0", Tiff),
        ("MM\0*", Tiff),
        ("\0\0\0\fJXL \r\n\u0087\n", Jxl),
        ("\u00FF\n", Jxl),
        ("\0\0\0\fjP  \r\n\u0087\n", new("JPEG 2000", MagickFormat.Jp2)),
        ("\u00FFO\u00FFQ", new("JPEG 2000", MagickFormat.J2k)),
        ("\0\0\u0001\0", new("ICO", MagickFormat.Ico)),
        ("8BPS\0\u0001", new("PSD", MagickFormat.Psd)),
    ];

    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1", "miaf"];

    /// <summary>Gets a value indicating whether the format is lossless, so that its images are kept as PNG.</summary>
    public bool IsLossless => Decoder is MagickFormat.Png or MagickFormat.Bmp or MagickFormat.Gif or MagickFormat.Ico;

    /// <summary>Gets a value indicating whether a file can contain several images.</summary>
    public bool HasSeveralImages => Decoder is MagickFormat.Gif or MagickFormat.WebP or MagickFormat.Tiff or MagickFormat.Heic or MagickFormat.Avif;

    /// <summary>Finds the format of a file; null if it is not decoded.</summary>
    public static SourceFormat? Find(ReadOnlySpan<byte> file)
    {
        if (Has(file, "RIFF", 0) && Has(file, "WEBP", 8))
            return Webp;
        if (Has(file, "ftyp", 4))
            return FindBrand(file);
        foreach (var (signature, format) in Signatures)
        {
            if (Has(file, signature, 0))
                return format == Tiff && CameraRaw.IsCameraRaw(file) ? null : format;
        }

        return null;
    }

    // The first brand is often a general one; AVIF names its own among the others.
    private static SourceFormat? FindBrand(ReadOnlySpan<byte> file)
    {
        const int MostBrands = 64;
        var length = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), (uint)file.Length);
        var isHeic = false;
        for (var offset = 8; offset + 4 <= length && offset < 4 * MostBrands; offset += 4)
        {
            if (offset == 12)
                continue;
            var brand = Encoding.Latin1.GetString(file.Slice(offset, 4));
            if (brand is "avif" or "avis")
                return Avif;
            isHeic |= HeicBrands.Contains(brand);
        }

        return isHeic ? Heic : null;
    }

    private static bool Has(ReadOnlySpan<byte> file, string signature, int offset) =>
        file.Length >= offset + signature.Length && Encoding.Latin1.GetString(file.Slice(offset, signature.Length)) == signature;
}
