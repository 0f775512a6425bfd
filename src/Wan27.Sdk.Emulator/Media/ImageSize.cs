using System.Buffers.Binary;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>Reads the width and height of a PNG, JPEG, BMP or WEBP image from its first bytes.</summary>
internal static class ImageSize
{
    private static readonly (string Name, double Value)[] AspectRatios =
        [("16:9", 16 / 9d), ("9:16", 9 / 16d), ("1:1", 1), ("4:3", 4 / 3d), ("3:4", 3 / 4d)];

    /// <summary>Finds the supported aspect ratio that is nearest to that of an image, or 16:9 for an unknown format.</summary>
    public static string FindNearestAspectRatio(ReadOnlySpan<byte> image)
    {
        var (width, height) = Read(image);
        if (width < 1 || height < 1)
            return AspectRatios[0].Name;

        var ratio = Math.Log((double)width / height);
        return AspectRatios.MinBy(supported => Math.Abs(Math.Log(supported.Value) - ratio)).Name;
    }

    private static (int Width, int Height) Read(ReadOnlySpan<byte> image) => image.Length switch
    {
        >= 30 when MediaSignature.IsPng(image) =>
            (BinaryPrimitives.ReadInt32BigEndian(image[16..]), BinaryPrimitives.ReadInt32BigEndian(image[20..])),
        >= 30 when MediaSignature.IsBitmap(image) =>
            (BinaryPrimitives.ReadInt32LittleEndian(image[18..]), Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(image[22..]))),
        >= 30 when MediaSignature.IsWebp(image) => ReadWebp(image),
        >= 30 when MediaSignature.IsJpeg(image) => ReadJpeg(image),
        _ => default,
    };

    private static (int Width, int Height) ReadWebp(ReadOnlySpan<byte> image)
    {
        if (image[15] == 'X')
            return (1 + ReadInt24(image[24..]), 1 + ReadInt24(image[27..]));
        if (image[15] == 'L')
        {
            var bits = BinaryPrimitives.ReadInt32LittleEndian(image[21..]);
            return (1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }

        var width = BinaryPrimitives.ReadInt16LittleEndian(image[26..]) & 0x3FFF;
        var height = BinaryPrimitives.ReadInt16LittleEndian(image[28..]) & 0x3FFF;
        return (width, height);
    }

    private static int ReadInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    // Skips segments up to the start of frame (SOF), which contains the size.
    private static (int Width, int Height) ReadJpeg(ReadOnlySpan<byte> image)
    {
        var at = 2;
        while (at + 9 < image.Length && image[at] == 0xFF)
        {
            if (image[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var height = BinaryPrimitives.ReadUInt16BigEndian(image[(at + 5)..]);
                var width = BinaryPrimitives.ReadUInt16BigEndian(image[(at + 7)..]);
                return (width, height);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(image[(at + 2)..]);
        }

        return default;
    }
}
