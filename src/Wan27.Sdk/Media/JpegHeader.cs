namespace Wan27.Sdk.Media;

/// <summary>Reads the size of a JPEG image from its frame header, rotated by its EXIF orientation.</summary>
internal static class JpegHeader
{
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <exception cref="InvalidDataException">The header is cut off or contradicts itself.</exception>
    public static ImageSize Read(HeaderReader header)
    {
        var isTurned = false;
        var offset = 2L;
        for (var segments = 0; segments < HeaderReader.MaxParts; segments++)
        {
            var marker = ReadMarker(header, ref offset);
            if (marker is StartOfScan or EndOfImage)
                throw new InvalidDataException("has no frame header before its image");
            var length = header.UInt16(offset, isLittleEndian: false);
            if (length < 2)
                throw new InvalidDataException($"has a segment of length {length}");
            if (IsFrame(marker))
                return Size(header, offset, isTurned);
            if (marker == App1)
                isTurned |= ReadOrientation(header, offset + 2) is >= 5 and <= 8;
            offset += length;
        }

        throw new InvalidDataException($"has more than {HeaderReader.MaxParts} segments before its image");
    }

    // A marker is 0xFF and a code; any number of 0xFF may precede it.
    private static byte ReadMarker(HeaderReader header, ref long offset)
    {
        if (header.Byte(offset) != 0xFF)
            throw new InvalidDataException("has a segment that does not begin with a marker");
        var fill = 0;
        byte code;
        do
        {
            if (++fill > HeaderReader.MaxParts)
                throw new InvalidDataException($"has more than {HeaderReader.MaxParts} fill bytes");
            code = header.Byte(++offset);
        }
        while (code == 0xFF);
        offset++;
        return code;
    }

    // SOF0 to SOF15, without DHT, JPG and DAC, which are between them.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static ImageSize Size(HeaderReader header, long segment, bool isTurned)
    {
        var (height, width) = (header.UInt16(segment + 3, isLittleEndian: false), header.UInt16(segment + 5, isLittleEndian: false));
        return isTurned ? new ImageSize(height, width, HasAlpha: false) : new ImageSize(width, height, HasAlpha: false);
    }

    // EXIF is a TIFF file in small: byte order, 42, the place of the first directory, and in it the entry 0x0112.
    private static int ReadOrientation(HeaderReader header, long segment)
    {
        const ushort Orientation = 0x0112;
        const int EntryLength = 12;
        try
        {
            if (!header.Has("Exif\0\0"u8, segment))
                return 1;
            var tiff = segment + 6;
            var isLittleEndian = header.Has("II"u8, tiff);
            var directory = tiff + header.UInt32(tiff + 4, isLittleEndian);
            var entries = header.UInt16(directory, isLittleEndian);
            for (var i = 0; i < Math.Min(entries, (ushort)HeaderReader.MaxParts); i++)
            {
                var entry = directory + 2 + (i * EntryLength);
                if (header.UInt16(entry, isLittleEndian) == Orientation)
                    return header.UInt16(entry + 8, isLittleEndian);
            }

            return 1;
        }
        catch (InvalidDataException)
        {
            // Invalid metadata does not make the image invalid.
            return 1;
        }
    }
}
