namespace Wan27.Sdk.Media;

/// <summary>Reads the duration of audio from its header, in bounded time and without decoding it.</summary>
internal static class AudioHeaders
{
    /// <exception cref="InvalidDataException">The header is cut off or contradicts itself.</exception>
    public static TimeSpan Read(string format, HeaderReader header) => format == "WAV" ? ReadWav(header) : Mp3Header.Read(header);

    private static TimeSpan ReadWav(HeaderReader header)
    {
        var bytesPerSecond = 0u;
        var offset = 12L;
        while (true)
        {
            var length = header.UInt32(offset + 4, isLittleEndian: true);
            if (header.Has("fmt "u8, offset))
                bytesPerSecond = header.UInt32(offset + 16, isLittleEndian: true);
            if (header.Has("data"u8, offset))
            {
                if (bytesPerSecond == 0)
                    throw new InvalidDataException("does not say how many bytes it has for a second");
                // A writer that did not know the length beforehand leaves 0 or the largest number.
                var there = header.Length - offset - 8;
                return Length((length == 0 ? there : Math.Min(length, there)) / (double)bytesPerSecond);
            }

            offset += 8L + length + (length & 1);
        }
    }

    /// <summary>A length in seconds, however absurd.</summary>
    public static TimeSpan Length(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
}
