namespace Wan27.Sdk.Media;

/// <summary>Finds the tags that players write before and behind the audio of an MP3 file.</summary>
internal static class Mp3Tag
{
    private const int Id3HeaderLength = 10;
    private const int Id3v1Length = 128;
    private const int ApeHeaderLength = 32;

    /// <summary>Returns the length of the tag that begins at an offset; 0 if none does.</summary>
    public static long Length(HeaderReader file, long offset)
    {
        if (Begins("ID3"u8, Id3HeaderLength))
            return Id3Length(file, offset);
        if (Begins("APETAGEX"u8, ApeHeaderLength))
        {
            // The size is that of the items and of the footer; a header is not counted.
            var isHeader = (file.UInt32(offset + 20, isLittleEndian: true) & 0x2000_0000) != 0;
            return isHeader ? ApeHeaderLength + (long)file.UInt32(offset + 12, isLittleEndian: true) : ApeHeaderLength;
        }

        return offset == file.Length - Id3v1Length && Begins("TAG"u8, Id3v1Length) ? Id3v1Length : 0;

        bool Begins(ReadOnlySpan<byte> name, int length) => offset + length <= file.Length && file.Byte(offset) == name[0] && file.Has(name, offset);
    }

    // The length of an ID3v2 tag has seven bits a byte. After one that was written with eight, the bytes behind the wrong end are passed over as junk.
    private static long Id3Length(HeaderReader file, long offset)
    {
        var size = file.UInt32(offset + 6, isLittleEndian: false);
        var content = ((size >> 24 & 0x7F) << 21) | ((size >> 16 & 0x7F) << 14) | ((size >> 8 & 0x7F) << 7) | (size & 0x7F);
        return offset + Id3HeaderLength + content <= file.Length ? Id3HeaderLength + (long)content : 0;
    }
}
