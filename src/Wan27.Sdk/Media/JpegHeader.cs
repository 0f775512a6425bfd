namespace Wan27.Sdk.Media;

/// <summary>Reads the size of a JPEG image from its frame header, rotated by its EXIF orientation.</summary>
internal static class JpegHeader
{
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <exception cref="InvalidDataException">The file is cut off, or its header contradicts itself.</exception>
    public static ImageSize Read(HeaderReader header)
    {
        ImageSize? size = null;
        var isTurned = false;
        var offset = 2L;
        while (true)
        {
            var marker = ReadMarker(header, ref offset);
            if (marker is EndOfImage || (marker is StartOfScan && size is null))
                throw new InvalidDataException("has no frame header before its image");
            if (marker is StartOfScan)
                break;
            if (HasNoLength(marker))
                continue;
            var length = header.UInt16(offset, isLittleEndian: false);
            if (length < 2)
                throw new InvalidDataException($"has a segment of length {length}");
            if (IsFrame(marker))
                size ??= ReadFrame(header, marker, offset);
            if (marker == App1)
                isTurned |= ReadOrientation(header, offset + 2) is >= 5 and <= 8;
            offset += length;
        }

        CompleteImage.ThrowIfCutJpeg(header, offset);
        var found = size.GetValueOrDefault();
        return isTurned ? found with { Width = found.Height, Height = found.Width } : found;
    }

    // A marker is 0xFF and a code other than 0; any number of 0xFF may precede it. Decoders pass over other bytes between segments.
    private static byte ReadMarker(HeaderReader header, ref long offset)
    {
        while (true)
        {
            while (header.Byte(offset) != 0xFF)
                offset++;
            while (header.Byte(offset) == 0xFF)
                offset++;
            var code = header.Byte(offset++);
            if (code != 0)
                return code;
        }
    }

    // TEM, RST0 to RST7 and SOI.
    private static bool HasNoLength(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD8);

    // SOF0 to SOF15, without DHT, JPG and DAC, which are between them.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static ImageSize ReadFrame(HeaderReader header, byte marker, long segment)
    {
        // SOF3, SOF7, SOF11 and SOF15.
        if ((marker & 3) == 3)
            throw new InvalidDataException("is a lossless JPEG, which the API does not accept; convert it to a usual JPEG");
        if (header.Byte(segment + 2) is > 8 and var bits)
            throw new InvalidDataException($"has {bits} bits for each color, and the API accepts 8; convert it to a usual JPEG");
        return new ImageSize(header.UInt16(segment + 5, isLittleEndian: false), header.UInt16(segment + 3, isLittleEndian: false), HasAlpha: false);
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
            for (var i = 0; i < entries; i++)
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
