namespace Wan27.Sdk.Media;

/// <summary>Reads the duration of a WAV file from its format chunk and the size of its data.</summary>
internal static class WavHeader
{
    private const ushort Pcm = 1;
    private const ushort FloatingPoint = 3;
    private const ushort Extensible = 0xFFFE;
    private const int ChunkHeaderLength = 8;

    /// <exception cref="InvalidDataException">The file has no audio, or does not say how fast it is played.</exception>
    public static TimeSpan Read(HeaderReader header)
    {
        Format? format = null;
        var (samples, dataSize) = (0L, 0L);
        var offset = 12L;
        while (offset + ChunkHeaderLength <= header.Length)
        {
            var content = offset + ChunkHeaderLength;
            var length = (long)header.UInt32(offset + 4, isLittleEndian: true);
            if (header.Has("fmt "u8, offset))
                format = Format.Read(header, content);
            else if (header.Has("fact"u8, offset) && length >= 4)
                samples = header.UInt32(content, isLittleEndian: true);
            else if (header.Has("ds64"u8, offset) && length >= 24)
                (dataSize, samples) = ((long)header.UInt64(content + 8, isLittleEndian: true), (long)header.UInt64(content + 16, isLittleEndian: true));
            else if (header.Has("data"u8, offset))
                return Duration(format, samples, DataLength(length, dataSize, header.Length - content));
            offset = Next(header, content + length);
        }

        throw IncompleteFile.Because("it has no audio data");
    }

    // A writer that did not know the length leaves 0 or the largest number; in RF64 the length is in the ds64 chunk.
    private static long DataLength(long length, long longLength, long available) =>
        length == uint.MaxValue && longLength > 0 ? Math.Min(longLength, available)
        : length is 0 or uint.MaxValue ? available
        : Math.Min(length, available);

    // A chunk of an odd length has a byte of padding, which some writers leave out: then the next id begins at once.
    private static long Next(HeaderReader header, long end)
    {
        if (end % 2 == 0 || end + ChunkHeaderLength > header.Length)
            return end;
        return header.Has("data"u8, end) || header.Has("fmt "u8, end) || header.Has("fact"u8, end) || header.Has("LIST"u8, end) ? end : end + 1;
    }

    private static TimeSpan Duration(Format? format, long samples, long bytes)
    {
        if (format is not { } known)
            throw new InvalidDataException("has no format before its audio");
        if (known.IsCalculable)
            return MediaDuration.FromSeconds(bytes / ((double)known.Hertz * known.BlockLength));
        // Compressed: the number of samples is in the fact chunk. Some writers leave it 0.
        if (samples > 0 && known.Hertz > 0)
            return MediaDuration.FromSeconds(samples / (double)known.Hertz);
        if (known.BytesPerSecond == 0)
            throw new InvalidDataException("does not say how many bytes it has for a second");
        return MediaDuration.FromSeconds(bytes / (double)known.BytesPerSecond);
    }

    /// <summary>The content of the format chunk.</summary>
    private readonly record struct Format(ushort Code, uint Hertz, uint BytesPerSecond, ushort BlockLength)
    {
        public bool IsCalculable => Code is Pcm or FloatingPoint && Hertz > 0 && BlockLength > 0;

        public static Format Read(HeaderReader header, long offset)
        {
            var code = header.UInt16(offset, isLittleEndian: true);
            var channels = header.UInt16(offset + 2, isLittleEndian: true);
            var bits = header.UInt16(offset + 14, isLittleEndian: true);
            var block = header.UInt16(offset + 12, isLittleEndian: true);
            return new Format(
                code == Extensible ? header.UInt16(offset + 24, isLittleEndian: true) : code,
                header.UInt32(offset + 4, isLittleEndian: true),
                header.UInt32(offset + 8, isLittleEndian: true),
                block == 0 ? (ushort)(channels * ((bits + 7) / 8)) : block);
        }
    }
}
