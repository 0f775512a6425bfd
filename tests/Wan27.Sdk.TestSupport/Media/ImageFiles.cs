using System.Buffers.Binary;
using System.Text;

namespace Wan27.Sdk.TestSupport;

/// <summary>Small image files, byte by byte, with all that a decoder looks for but the image.</summary>
internal static class ImageFiles
{
    public static byte[] Png(int width, int height, byte colorType, params string[] chunks) =>
    [
        0x89, .. "PNG\r\n\u001A\n"u8,
        .. PngChunk("IHDR", [.. Big32(width), .. Big32(height), 8, colorType, 0, 0, 0]),
        .. chunks.SelectMany(chunk => PngChunk(chunk, [1, 2, 3, 4, 5, 6])),
        .. PngChunk("IDAT", [0, 1, 2]),
        .. PngChunk("IEND", []),
    ];

    public static byte[] Jpeg(int width, int height, byte frame, params byte[][] segments) =>
        [0xFF, 0xD8, .. segments.SelectMany(part => part), .. Segment(frame, [8, .. Big16(height), .. Big16(width), 3, .. new byte[9]]), 0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9];

    public static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, .. Big16(content.Length + 2), .. content];

    /// <summary>An APP1 segment whose directory has another entry first.</summary>
    public static byte[] Exif(ushort orientation, bool isLittleEndian)
    {
        byte[] U16(int value) => isLittleEndian ? [.. Enumerable.Reverse(Big16(value))] : Big16(value);
        byte[] U32(int value) => isLittleEndian ? [.. Enumerable.Reverse(Big32(value))] : Big32(value);
        return Segment(0xE1,
        [
            .. "Exif\0\0"u8, .. (isLittleEndian ? "II"u8 : "MM"u8), .. U16(42), .. U32(8), .. U16(2),
            .. U16(0x0100), .. U16(4), .. U32(1), .. U32(640),
            .. U16(0x0112), .. U16(3), .. U32(1), .. U16(orientation), .. U16(0),
            .. U32(0),
        ]);
    }

    public static byte[] Bmp(int width, int height) =>
        [.. "BM"u8, .. Little32(58), .. Little32(0), .. Little32(54), .. Little32(40), .. Little32(width), .. Little32(height), .. new byte[32]];

    public static byte[] OldBmp(ushort width, ushort height) =>
        [.. "BM"u8, .. Little32(30), .. Little32(0), .. Little32(26), .. Little32(12), .. Little16(width), .. Little16(height), 1, 0, 24, 0, 1, 2, 3, 4];

    public static byte[] LossyWebp(int width, int height) =>
        Webp("VP8 ", [0x10, 0x02, 0x00, 0x9D, 0x01, 0x2A, .. Little16(width | 0x4000), .. Little16(height | 0x8000), 0, 0]);

    public static byte[] LosslessWebp(int width, int height, bool hasAlpha) =>
        Webp("VP8L", [0x2F, .. Little32((width - 1) | ((height - 1) << 14) | (hasAlpha ? 1 << 28 : 0)), 0]);

    public static byte[] ExtendedWebp(int width, int height, bool hasAlpha) =>
        Webp("VP8X", [(byte)(hasAlpha ? 0x1C : 0x0C), 0, 0, 0, .. Little32(width - 1)[..3], .. Little32(height - 1)[..3], .. "VP8 "u8, .. Little32(0)]);

    public static byte[] Little32(int value) => [.. Enumerable.Reverse(Big32(value))];

    public static byte[] Little16(int value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Big32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] PngChunk(string name, byte[] content)
    {
        byte[] checkedBytes = [.. Encoding.ASCII.GetBytes(name), .. content];
        return [.. Big32(content.Length), .. checkedBytes, .. Big32((int)Crc32(checkedBytes))];
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }

    private static byte[] Webp(string chunk, byte[] content) =>
        [.. "RIFF"u8, .. Little32(12 + content.Length), .. "WEBP"u8, .. Encoding.ASCII.GetBytes(chunk), .. Little32(content.Length), .. content];
}
