namespace Wan27.Sdk.Media;

/// <summary>Reads the size of an image from its header, without decoding it, and finds files that were cut off.</summary>
internal static class ImageHeaders
{
    /// <exception cref="InvalidDataException">The file is cut off, or its header contradicts itself.</exception>
    public static ImageSize Read(string format, HeaderReader header) => format switch
    {
        "PNG" => ReadPng(header),
        "JPEG" => JpegHeader.Read(header),
        "BMP" => ReadBmp(header),
        _ => ReadWebp(header),
    };

    // Color types 4 and 6 have an alpha channel; in the others a tRNS chunk before the first IDAT makes colors transparent.
    private static ImageSize ReadPng(HeaderReader header)
    {
        if (!header.Has("IHDR"u8, 12))
            throw new InvalidDataException("does not begin with an IHDR chunk");
        var colorType = header.Byte(25);
        var hasAlpha = colorType is 4 or 6;
        var offset = 8L;
        while (!header.Has("IDAT"u8, offset + 4))
        {
            hasAlpha |= header.Has("tRNS"u8, offset + 4) && !(colorType == 3 && IsOpaque(header, offset));
            offset += 12L + header.UInt32(offset, isLittleEndian: false);
        }

        CompleteImage.ThrowIfCutPng(header, offset);
        return new ImageSize(header.UInt32(16, isLittleEndian: false), header.UInt32(20, isLittleEndian: false), hasAlpha);
    }

    // The tRNS chunk of a palette has an alpha value for each color.
    private static bool IsOpaque(HeaderReader header, long chunk)
    {
        const int MostColors = 256;
        var colors = header.UInt32(chunk, isLittleEndian: false);
        for (var i = 0; i < Math.Min(colors, MostColors); i++)
        {
            if (header.Byte(chunk + 8 + i) != byte.MaxValue)
                return false;
        }

        return true;
    }

    // A negative height means that the rows go from top to bottom. Some writers leave the length of the file at 0.
    private static ImageSize ReadBmp(HeaderReader header)
    {
        const int OldHeaderLength = 12;
        CompleteImage.ThrowIfShorter(header, Math.Max(header.UInt32(2, isLittleEndian: true), header.UInt32(10, isLittleEndian: true) + 1L));
        return header.UInt32(14, isLittleEndian: true) == OldHeaderLength
            ? new ImageSize(header.UInt16(18, isLittleEndian: true), header.UInt16(20, isLittleEndian: true), HasAlpha: false)
            : new ImageSize(
                Math.Abs((long)(int)header.UInt32(18, isLittleEndian: true)), Math.Abs((long)(int)header.UInt32(22, isLittleEndian: true)), HasAlpha: false);
    }

    private static ImageSize ReadWebp(HeaderReader header)
    {
        CompleteImage.ThrowIfShorter(header, 8L + header.UInt32(4, isLittleEndian: true));
        if (header.Has("VP8X"u8, 12))
            return ReadWebpExtended(header);
        if (header.Has("VP8L"u8, 12))
            return ReadWebpLossless(header);
        if (!header.Has("VP8 "u8, 12) || !header.Has([0x9D, 0x01, 0x2A], 23))
            throw new InvalidDataException("does not begin with an image");
        return new ImageSize(header.UInt16(26, isLittleEndian: true) & 0x3FFF, header.UInt16(28, isLittleEndian: true) & 0x3FFF, HasAlpha: false);
    }

    // The documentation of the API names WEBP and no animation, so that one is not paid for.
    private static ImageSize ReadWebpExtended(HeaderReader header)
    {
        const int HeaderLength = 30;
        const int ChunkHeaderLength = 8;
        CompleteImage.ThrowIfShorter(header, HeaderLength + ChunkHeaderLength);
        if ((header.Byte(20) & 0x02) != 0)
            throw new InvalidDataException("is animated; send one of its images");
        return new ImageSize(1 + UInt24(header, 24), 1 + UInt24(header, 27), HasAlpha: (header.Byte(20) & 0x10) != 0);
    }

    // A signature byte, then 14 bits of width less 1, 14 bits of height less 1, and the alpha bit.
    private static ImageSize ReadWebpLossless(HeaderReader header)
    {
        const byte Signature = 0x2F;
        if (header.Byte(20) != Signature)
            throw new InvalidDataException("does not begin with an image");
        var bits = header.UInt32(21, isLittleEndian: true);
        return new ImageSize(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), HasAlpha: (bits >> 28 & 1) != 0);
    }

    private static long UInt24(HeaderReader header, long offset) =>
        header.UInt16(offset, isLittleEndian: true) | ((long)header.Byte(offset + 2) << 16);
}
