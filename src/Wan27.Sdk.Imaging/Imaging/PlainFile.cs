using System.Buffers.Binary;
using System.Text;

namespace Wan27.Sdk.Imaging;

/// <summary>Finds files that contain an image, and nothing else that could identify a person or a place.</summary>
internal static class PlainFile
{
    private static readonly string[] PngChunks = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "cHRM", "sRGB", "iCCP", "pHYs", "sBIT", "bKGD"];
    private static readonly string[] WebpChunks = ["VP8X", "VP8 ", "VP8L", "ALPH", "ICCP"];

    /// <summary>Returns whether a JPEG, PNG or WEBP file has no metadata. A file of any other format may have some.</summary>
    public static bool HasNoMetadata(ReadOnlySpan<byte> file, SourceFormat format) =>
        format == SourceFormat.Jpeg ? IsPlainJpeg(file)
        : format == SourceFormat.Png ? HasOnlyPngChunks(file)
        : format == SourceFormat.Webp && HasOnlyWebpChunks(file);

    /// <summary>Returns whether the API takes the encoding of the file: a WEBP, a JPEG of 8 bits that is not lossless, or a PNG of at most 8 bits.</summary>
    public static bool HasCommonEncoding(ReadOnlySpan<byte> file, SourceFormat format)
    {
        const int MostBits = 8;
        if (format == SourceFormat.Png)
            return file[24] <= MostBits;
        if (format != SourceFormat.Jpeg)
            return format == SourceFormat.Webp;
        for (var offset = 2; offset + 9 < file.Length; offset += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(offset + 2)..]))
        {
            if (file[offset + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return file[offset + 1] <= 0xC2 && file[offset + 4] == MostBits;
        }

        return false;
    }

    // The segments of tables and of the image, JFIF, Adobe's color transform and a color profile; and behind the first scan nothing but scans and tables.
    private static bool IsPlainJpeg(ReadOnlySpan<byte> file)
    {
        var offset = 2;
        while (offset + 4 < file.Length && file[offset] == 0xFF && file[offset + 1] != 0xDA)
        {
            var body = file[(offset + 4)..];
            var isPlain = file[offset + 1] switch
            {
                0xE0 => body.StartsWith("JFIF\0"u8),
                0xE2 => body.StartsWith("ICC_PROFILE\0"u8),
                0xEE => body.StartsWith("Adobe"u8),
                >= 0xC0 and <= 0xCF or 0xDB or 0xDD => true,
                _ => false,
            };
            if (!isPlain)
                return false;
            offset += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(offset + 2)..]);
        }

        return offset + 4 < file.Length && file[offset] == 0xFF && HasOnlyScans(file[(offset + 2)..]);
    }

    private static bool HasOnlyScans(ReadOnlySpan<byte> scans)
    {
        for (var i = 0; i < scans.Length - 2; i++)
        {
            if (scans[i] == 0xFF && scans[i + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7) or 0xC4 or 0xDA or 0xDB or 0xDD))
                return false;
        }

        return scans.EndsWith<byte>([0xFF, 0xD9]);
    }

    private static bool HasOnlyPngChunks(ReadOnlySpan<byte> file)
    {
        const int Overhead = 12;
        var offset = 8L;
        while (offset + Overhead <= file.Length)
        {
            var kind = Encoding.Latin1.GetString(file.Slice((int)offset + 4, 4));
            if (!PngChunks.Contains(kind))
                return false;
            offset += Overhead + BinaryPrimitives.ReadUInt32BigEndian(file[(int)offset..]);
            if (kind == "IEND")
                break;
        }

        return offset == file.Length;
    }

    private static bool HasOnlyWebpChunks(ReadOnlySpan<byte> file)
    {
        const int Header = 8;
        var offset = 12L;
        while (offset + Header <= file.Length)
        {
            if (!WebpChunks.Contains(Encoding.Latin1.GetString(file.Slice((int)offset, 4))))
                return false;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)offset + 4)..]);
            offset += Header + length + (length & 1);
        }

        return offset == file.Length;
    }
}
