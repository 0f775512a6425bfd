namespace Wan27.Sdk.Media;

/// <summary>Finds images that were cut off. Most are checked by their last bytes, so that a file of 20 MB is not read twice.</summary>
internal static class CompleteImage
{
    private const int BlockLength = 16 * 1024;

    /// <summary>Requires an end marker behind the start of the first scan, in which no other 0xFF 0xD9 can be.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static void ThrowIfCutJpeg(HeaderReader file, long scan)
    {
        var lastBlock = Math.Max(scan, file.Length - BlockLength);
        if (!HasEndMarker(file, lastBlock) && !HasEndMarker(file, scan))
            throw IncompleteFile.Because("there is no end marker behind its image data");
    }

    /// <summary>Requires the last chunk, and the checksum of the first.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The offset of a chunk.</param>
    /// <exception cref="InvalidDataException">The file has no last chunk.</exception>
    public static void ThrowIfCutPng(HeaderReader file, long offset)
    {
        const int ChunkOverhead = 12;
        if (Crc32(file, 12, 17) != file.UInt32(29, isLittleEndian: false))
            throw new InvalidDataException("is damaged: the checksum of its header is wrong. Save it again");
        if (file.Length >= ChunkOverhead && file.Has("IEND"u8, file.Length - 8))
            return;
        while (offset <= file.Length - ChunkOverhead)
        {
            if (file.Has("IEND"u8, offset + 4))
                return;
            offset += ChunkOverhead + file.UInt32(offset, isLittleEndian: false);
        }

        throw IncompleteFile.Because("it has no IEND chunk");
    }

    /// <exception cref="InvalidDataException">The file is shorter than its header states.</exception>
    public static void ThrowIfShorter(HeaderReader file, long expected)
    {
        if (file.Length < expected)
            throw IncompleteFile.Because($"it has {file.Length} of {expected} bytes");
    }

    private static bool HasEndMarker(HeaderReader file, long from)
    {
        var block = new byte[BlockLength];
        // Each block begins with the last byte of the one before, as a marker can be in both.
        for (var offset = from; offset < file.Length - 1; offset += BlockLength - 1)
        {
            var part = block.AsSpan(0, (int)Math.Min(BlockLength, file.Length - offset));
            file.FillBlock(part, offset);
            if (part.IndexOf([(byte)0xFF, (byte)0xD9]) >= 0)
                return true;
        }

        return false;
    }

    // The checksum of PNG (ISO/IEC 15948, Annex D): CRC-32 with the reversed polynomial.
    private static uint Crc32(HeaderReader file, long offset, int length)
    {
        const uint Polynomial = 0xEDB88320;
        var crc = uint.MaxValue;
        for (var i = 0; i < length; i++)
        {
            crc ^= file.Byte(offset + i);
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
        }

        return ~crc;
    }
}
