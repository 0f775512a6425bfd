namespace Wan27.Sdk.Media;

/// <summary>Reads the size of an image from its header, in bounded time and without decoding it.</summary>
internal static class ImageHeaders
{
    /// <exception cref="InvalidDataException">The header is cut off or contradicts itself.</exception>
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
        var hasAlpha = header.Byte(25) is 4 or 6;
        var offset = 8L;
        for (var chunks = 0; !hasAlpha && !header.Has("IDAT"u8, offset + 4); chunks++)
        {
            if (chunks == HeaderReader.MaxParts)
                throw new InvalidDataException($"has more than {HeaderReader.MaxParts} chunks before its image");
            hasAlpha = header.Has("tRNS"u8, offset + 4);
            offset += 12L + header.UInt32(offset, isLittleEndian: false);
        }

        return new ImageSize(header.UInt32(16, isLittleEndian: false), header.UInt32(20, isLittleEndian: false), hasAlpha);
    }

    // A negative height means that the rows go from top to bottom.
    private static ImageSize ReadBmp(HeaderReader header)
    {
        const int OldHeaderLength = 12;
        return header.UInt32(14, isLittleEndian: true) == OldHeaderLength
            ? new ImageSize(header.UInt16(18, isLittleEndian: true), header.UInt16(20, isLittleEndian: true), HasAlpha: false)
            : new ImageSize(
                Math.Abs((long)(int)header.UInt32(18, isLittleEndian: true)), Math.Abs((long)(int)header.UInt32(22, isLittleEndian: true)), HasAlpha: false);
    }

    private static ImageSize ReadWebp(HeaderReader header)
    {
        if (header.Has("VP8X"u8, 12))
            return new ImageSize(1 + UInt24(header, 24), 1 + UInt24(header, 27), HasAlpha: (header.Byte(20) & 0x10) != 0);
        if (header.Has("VP8L"u8, 12))
            return ReadWebpLossless(header);
        if (!header.Has("VP8 "u8, 12) || !header.Has([0x9D, 0x01, 0x2A], 23))
            throw new InvalidDataException("does not begin with an image");
        return new ImageSize(header.UInt16(26, isLittleEndian: true) & 0x3FFF, header.UInt16(28, isLittleEndian: true) & 0x3FFF, HasAlpha: false);
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
