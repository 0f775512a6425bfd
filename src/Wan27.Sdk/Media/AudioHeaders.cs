namespace Wan27.Sdk.Media;

/// <summary>Reads the duration of audio without decoding it.</summary>
internal static class AudioHeaders
{
    /// <exception cref="InvalidDataException">The header is cut off or contradicts itself.</exception>
    public static TimeSpan Read(string format, HeaderReader header) => format == "WAV" ? WavHeader.Read(header) : new Mp3Frames(header).Duration();
}
