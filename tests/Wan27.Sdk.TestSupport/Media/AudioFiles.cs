using System.Text;
using static Wan27.Sdk.TestSupport.ImageFiles;

namespace Wan27.Sdk.TestSupport;

/// <summary>Small audio files, byte by byte.</summary>
internal static class AudioFiles
{
    /// <param name="bytesPerSecond">The value in the format chunk.</param>
    /// <param name="dataLength">The length in the data chunk.</param>
    /// <param name="there">The number of bytes of audio that the file contains.</param>
    /// <param name="before">Chunks between the format and the audio.</param>
    public static byte[] Wav(int bytesPerSecond, uint dataLength, int there, params byte[][] before) =>
    [
        .. "RIFF"u8, .. Little32(-1), .. "WAVE"u8,
        .. Chunk("fmt ", [1, 0, 2, 0, .. Little32(bytesPerSecond / 4), .. Little32(bytesPerSecond), 4, 0, 16, 0]),
        .. before.SelectMany(part => part),
        .. "data"u8, .. Little32((int)dataLength), .. new byte[there],
    ];

    /// <summary>A chunk, padded to an even length.</summary>
    public static byte[] Chunk(string name, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(name), .. Little32(content.Length), .. content, .. new byte[content.Length & 1]];

    /// <param name="version">3 for MPEG 1, 2 for MPEG 2, 0 for MPEG 2.5.</param>
    /// <param name="rate">The index of the bit rate.</param>
    /// <param name="hertz">The index of the sampling rate.</param>
    /// <param name="isMono">Whether there is one channel.</param>
    /// <param name="rest">The number of bytes after the first frame's header.</param>
    public static byte[] Mp3(int version, int rate, int hertz, bool isMono, int rest) =>
        [0xFF, (byte)(0xE3 | (version << 3)), (byte)((rate << 4) | (hertz << 2)), (byte)(isMono ? 0xC0 : 0), .. new byte[rest]];

    public static byte[] WithTag(byte[] audio, int length) =>
        [.. "ID3"u8, 4, 0, 0, (byte)(length >> 21), (byte)(length >> 14 & 0x7F), (byte)(length >> 7 & 0x7F), (byte)(length & 0x7F), .. new byte[length], .. audio];

    public static byte[] WithCount(byte[] audio, string name, int place, int frames)
    {
        byte[] count = name == "VBRI"
            ? [.. "VBRI"u8, 0, 1, 0, 0, 0, 75, .. Big32(0), .. Big32(frames)]
            : [.. Encoding.ASCII.GetBytes(name), .. Big32(1), .. Big32(frames)];
        count.CopyTo(audio, place);
        return audio;
    }
}
