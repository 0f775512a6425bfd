using System.Buffers.Binary;
using System.Text;

namespace Wan27.Sdk.Media;

/// <summary>Names the formats that people have and the API does not accept, with what to do with each.</summary>
internal static class OtherFormats
{
    private const string ToJpeg = "convert it to JPEG";
    private const string ToMp3 = "convert it to MP3 or WAV";
    private const string ToMp4 = "convert it to MP4";

    private static readonly (string Signature, int Offset, string Name, string Advice)[] Signatures =
    [
        ("GIF8", 0, "GIF image", ToJpeg),
        ("II*\0", 0, "TIFF image, or a camera raw image such as DNG, NEF or ARW", ToJpeg),
        ("MM\0*", 0, "TIFF image, or a camera raw image such as DNG, NEF or ARW", ToJpeg),
        ("II+\0", 0, "BigTIFF image", ToJpeg),
        ("MM\0+", 0, "BigTIFF image", ToJpeg),
        ("FUJIFILMCCD-RAW", 0, "RAF camera raw image", ToJpeg),
        ("8BPS", 0, "PSD image", ToJpeg),
        ("\0\0\u0001\0", 0, "ICO image", ToJpeg),
        ("\0\0\0\fJXL \r\n\u0087\n", 0, "JPEG XL image", ToJpeg),
        ("\u00FF\n", 0, "JPEG XL image", ToJpeg),
        ("\0\0\0\fjP  \r\n\u0087\n", 0, "JPEG 2000 image", ToJpeg),
        ("\u00FFO\u00FFQ", 0, "JPEG 2000 image", ToJpeg),
        ("%PDF-", 0, "PDF document", "export the page as JPEG"),
        ("OpusHead", 28, "Opus audio file", ToMp3),
        ("OggS", 0, "OGG file", "convert it to MP3 or WAV if it is audio, and to MP4 if it is video"),
        ("fLaC", 0, "FLAC audio file", ToMp3),
        ("AIFF", 8, "AIFF audio file", ToMp3),
        ("AIFC", 8, "AIFF audio file", ToMp3),
        ("#!AMR", 0, "AMR audio file", ToMp3),
        ("caff", 0, "CAF audio file", ToMp3),
        ("MThd", 0, "MIDI file", ToMp3),
        ("0&\u00B2u\u008Ef\u00CF\u0011", 0, "WMA or WMV file", "convert it to MP3 or WAV if it is audio, and to MP4 if it is video"),
        ("AVI ", 8, "AVI video", ToMp4),
        ("FLV\u0001", 0, "FLV video", ToMp4),
        ("\0\0\u0001\u00BA", 0, "MPEG video", ToMp4),
        ("\0\0\u0001\u00B3", 0, "MPEG video", ToMp4),
        ("version https://git-lfs", 0, "Git LFS pointer", "fetch the file with git lfs pull"),
        ("data:", 0, "data URL", "decode the Base64 text behind its comma, and use FromBytes"),
        ("/9j/", 0, "Base64 text", "decode it, and use FromBytes"),
        ("iVBORw0KGgo", 0, "Base64 text", "decode it, and use FromBytes"),
        ("UklGR", 0, "Base64 text", "decode it, and use FromBytes"),
        ("SUQz", 0, "Base64 text", "decode it, and use FromBytes"),
        ("PK\u0003\u0004", 0, "ZIP archive", "extract the file from it"),
    ];

    private static readonly (string[] Brands, string Name, string Advice)[] IsoBrands =
    [
        (["avif", "avis"], "AVIF image", ToJpeg),
        (["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"], "HEIC image", ToJpeg),
        (["mif1", "mif2", "msf1", "miaf", "avci", "avcs"], "HEIF image", ToJpeg),
        (["crx "], "CR3 camera raw image", ToJpeg),
        (["M4A ", "M4B ", "M4P "], "M4A audio file", ToMp3),
    ];

    private static readonly string[] NamesAfterAn = ["A", "FLV", "HTML", "ICO", "M4A", "MKV", "MPEG", "O", "SVG"];

    /// <summary>Returns the format and the advice as the end of a sentence about a file; null if the format is unknown.</summary>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (Find(head) is not { } found)
            return null;
        var article = NamesAfterAn.Any(name => found.Name.StartsWith(name, StringComparison.Ordinal)) ? "an" : "a";
        return $"is {article} {found.Name}, which the API does not accept; {found.Advice}";
    }

    private static (string Name, string Advice)? Find(ReadOnlySpan<byte> head)
    {
        if (IsoBrand(head) is { } iso)
            return iso;
        if (Has(head, "CgBI", 12))
            return ("PNG image in Apple's format for iOS", "export it again as PNG or JPEG");
        if (Has(head, "CR", 8) && (Has(head, "II*\0", 0) || Has(head, "MM\0*", 0)))
            return ("CR2 camera raw image", ToJpeg);
        foreach (var (signature, offset, name, advice) in Signatures)
        {
            if (Has(head, signature, offset))
                return (name, advice);
        }

        if (head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3]))
            return (head.IndexOf("webm"u8) >= 0 ? "WEBM video" : "MKV video", ToMp4);
        if (head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47)
            return ("TS video", ToMp4);
        if (IsAdts(head))
            return ("AAC audio file", ToMp3);
        return Text(head);
    }

    // The major brand of a HEIF file is often the general one, and the compatible brands behind it are the specific ones.
    public static (string Name, string Advice)? IsoBrand(ReadOnlySpan<byte> head)
    {
        if (!Has(head, "ftyp", 4) || head.Length < 12)
            return null;
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length);
        var major = BrandAt(head, 8);
        if (!IsoBrands.Any(known => known.Brands.Contains(major)))
            return null;
        foreach (var (brands, name, advice) in IsoBrands)
        {
            for (var offset = 8; offset + 4 <= length; offset += 4)
            {
                if (offset != 12 && brands.Contains(BrandAt(head, offset)))
                    return (name, advice);
            }
        }

        return null;

        static string BrandAt(ReadOnlySpan<byte> head, int offset) => Encoding.Latin1.GetString(head.Slice(offset, 4));
    }

    private static (string Name, string Advice)? Text(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? ("SVG image", ToJpeg)
            : text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                ? ("HTML page", "check the address from which it was saved")
            : null;
    }

    private static bool IsAdts(ReadOnlySpan<byte> head) => head.Length >= 7 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 && (head[2] & 0x3C) >> 2 < 13;

    private static bool Has(ReadOnlySpan<byte> head, string signature, int offset)
    {
        if (head.Length < offset + signature.Length)
            return false;
        for (var i = 0; i < signature.Length; i++)
        {
            if (head[offset + i] != signature[i])
                return false;
        }

        return true;
    }
}
