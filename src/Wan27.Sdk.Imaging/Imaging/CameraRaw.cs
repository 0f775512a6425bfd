using System.Buffers.Binary;

namespace Wan27.Sdk.Imaging;

/// <summary>
/// Finds camera raw files (CR2, DNG, NEF, ARW), which are TIFF files whose first image is often a small preview. A preview must not be taken for the photo.
/// </summary>
internal static class CameraRaw
{
    private const int EntryLength = 12;
    private const ushort NewSubfileType = 254;
    private const ushort DngVersion = 50706;

    public static bool IsCameraRaw(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 12)
            return false;
        var isLittleEndian = tiff[0] == 'I';
        if (tiff[8] == 'C' && tiff[9] == 'R')
            return true;
        var directory = UInt32(tiff, 4, isLittleEndian);
        if (directory + 2L > tiff.Length)
            return false;
        var count = UInt16(tiff, (int)directory, isLittleEndian);
        for (var i = 0; i < count; i++)
        {
            var offset = directory + 2L + (long)i * EntryLength;
            if (offset + EntryLength > tiff.Length)
                return false;
            var tag = UInt16(tiff, (int)offset, isLittleEndian);
            var isPreview = tag == NewSubfileType && (UInt32(tiff, (int)offset + 8, isLittleEndian) & 1) != 0;
            if (tag == DngVersion || isPreview)
                return true;
        }

        return false;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int offset, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int offset, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
}
