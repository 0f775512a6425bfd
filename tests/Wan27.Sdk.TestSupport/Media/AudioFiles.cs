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

    /// <summary>A WAV file of any encoding.</summary>
    public static byte[] WavOf(
        int code, int channels, int hertz, int bytesPerSecond, int block, int bits, byte[] audio, byte[]? extension = null, byte[]? before = null) =>
    [
        .. "RIFF"u8, .. Little32(-1), .. "WAVE"u8,
        .. Chunk("fmt ", [.. Little16(code), .. Little16(channels), .. Little32(hertz), .. Little32(bytesPerSecond), .. Little16(block), .. Little16(bits), .. extension ?? []]),
        .. before ?? [], .. Chunk("data", audio),
    ];

    /// <summary>A WAV file for more than 4 GB: its lengths have 64 bits, in a chunk of their own.</summary>
    public static byte[] Rf64(long dataLength, int there) =>
    [
        .. "RF64"u8, .. Little32(-1), .. "WAVE"u8,
        .. Chunk("ds64", [.. new byte[8], .. BitConverter.GetBytes(dataLength), .. new byte[12]]),
        .. Chunk("fmt ", [1, 0, 1, 0, .. Little32(4_000), .. Little32(8_000), 2, 0, 16, 0]),
        .. "data"u8, .. Little32(-1), .. new byte[there],
    ];

    /// <summary>An MP3 file whose headers have no bit rate.</summary>
    public static byte[] FreeFormat(int length, int frames) =>
        [.. Enumerable.Repeat<byte[]>([0xFF, 0xFB, 0x00, 0x00, .. new byte[length - 4]], frames).SelectMany(frame => frame)];

    /// <summary>A tag of APE, with a header or only with a footer.</summary>
    public static byte[] Ape(bool isHeader, int items)
    {
        byte[] Frame(int flags) => [.. "APETAGEX"u8, .. Little32(2_000), .. Little32(items + 32), .. Little32(1), .. Little32(flags), .. new byte[8]];
        return [.. isHeader ? Frame(unchecked((int)0xA000_0000)) : [], .. new byte[items], .. Frame(unchecked((int)0x8000_0000))];
    }

    /// <summary>A chunk, padded to an even length.</summary>
    public static byte[] Chunk(string name, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(name), .. Little32(content.Length), .. content, .. new byte[content.Length & 1]];

    /// <summary>An MP3 file of equal, silent frames.</summary>
    /// <param name="version">3 for MPEG 1, 2 for MPEG 2, 0 for MPEG 2.5.</param>
    /// <param name="rate">The index of the bit rate.</param>
    /// <param name="hertz">The index of the sampling rate.</param>
    /// <param name="isMono">Whether there is one channel.</param>
    /// <param name="frames">The number of frames.</param>
    public static byte[] Mp3(int version, int rate, int hertz, bool isMono, int frames)
    {
        byte[] head = [0xFF, (byte)(0xE3 | (version << 3)), (byte)((rate << 4) | (hertz << 2)), (byte)(isMono ? 0xC0 : 0)];
        return [.. Enumerable.Repeat<byte[]>([.. head, .. new byte[FrameLength(version, rate, hertz) - head.Length]], frames).SelectMany(frame => frame)];
    }

    private static int FrameLength(int version, int rate, int hertz)
    {
        int[] kilobits = version == 3
            ? [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
            : [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        var frequency = new[] { 44_100, 48_000, 32_000 }[hertz] / (version == 3 ? 1 : version == 2 ? 2 : 4);
        return (version == 3 ? 144_000 : 72_000) * kilobits[rate] / frequency;
    }

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
