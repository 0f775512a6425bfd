using System.Buffers.Binary;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>Reads width and height from the header of a PNG, JPEG, BMP or WEBP.</summary>
internal static class PictureSize
{
    private static readonly (string Name, double Value)[] Ratios =
        [("16:9", 16 / 9d), ("9:16", 9 / 16d), ("1:1", 1), ("4:3", 4 / 3d), ("3:4", 3 / 4d)];

    /// <summary>The offered ratio nearest to the picture's, or 16:9 for a picture that is not understood.</summary>
    public static string NearestRatio(ReadOnlySpan<byte> head)
    {
        var (width, height) = Read(head);
        if (width < 1 || height < 1)
            return Ratios[0].Name;

        var ratio = Math.Log((double)width / height);
        return Ratios.MinBy(offered => Math.Abs(Math.Log(offered.Value) - ratio)).Name;
    }

    private static (int Width, int Height) Read(ReadOnlySpan<byte> head) => head.Length switch
    {
        >= 30 when MediaKind.IsPng(head) =>
            (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..])),
        >= 30 when MediaKind.IsBitmap(head) =>
            (BinaryPrimitives.ReadInt32LittleEndian(head[18..]), Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(head[22..]))),
        >= 30 when MediaKind.IsWebp(head) => ReadWebp(head),
        >= 30 when MediaKind.IsJpeg(head) => ReadJpeg(head),
        _ => default,
    };

    private static (int Width, int Height) ReadWebp(ReadOnlySpan<byte> head)
    {
        if (head[15] == 'X')
            return (1 + ReadInt24(head[24..]), 1 + ReadInt24(head[27..]));
        if (head[15] == 'L')
        {
            var bits = BinaryPrimitives.ReadInt32LittleEndian(head[21..]);
            return (1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }

        return (BinaryPrimitives.ReadInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadInt16LittleEndian(head[28..]) & 0x3FFF);
    }

    private static int ReadInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    // From segment to segment, up to the one that begins a frame (SOF): its size stands three bytes in.
    private static (int Width, int Height) ReadJpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 < head.Length && head[at] == 0xFF; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]))
        {
            if (head[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
        }

        return default;
    }
}
