namespace Wan27.Sdk.Media;

/// <summary>Reads the length of an MP3 file: from the count of frames in its Xing or VBRI header, else from the first frame's bit rate.</summary>
internal static class Mp3Header
{
    /// <summary>
    /// How much longer than its audio a file may be: an encoder starts with a delay of up to two silent frames and pads the last one.
    /// A frame lasts 72 ms at most, as 576 samples at 8 kHz do.
    /// </summary>
    public static readonly TimeSpan MostFilling = 3 * TimeSpan.FromMilliseconds(72);

    private const int MaxSearch = 64 * 1024;

    private static readonly int[] Version1KilobitsPerSecond = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Version2KilobitsPerSecond = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Version1Hertz = [44_100, 48_000, 32_000];

    /// <exception cref="InvalidDataException">There is no audio frame.</exception>
    public static TimeSpan Read(HeaderReader header)
    {
        var first = FindFrame(header, TagLength(header));
        var frame = Frame.Parse(header.UInt32(first, isLittleEndian: false))!.Value;
        var seconds = CountedFrames(header, first, frame) is > 0 and var count
            ? count * (double)frame.Samples / frame.Hertz
            : (header.Length - first) * 8.0 / (frame.KilobitsPerSecond * 1000.0);
        return AudioHeaders.Length(seconds);
    }

    // The length of an ID3v2 tag is written with seven bits a byte.
    private static long TagLength(HeaderReader header)
    {
        if (!header.Has("ID3"u8, 0))
            return 0;
        var length = 0L;
        for (var i = 6; i < 10; i++)
            length = (length << 7) | (uint)(header.Byte(i) & 0x7F);
        return 10 + length;
    }

    private static long FindFrame(HeaderReader header, long offset)
    {
        for (var searched = 0; searched < MaxSearch && offset + searched + 4 <= header.Length; searched++)
        {
            if (header.Byte(offset + searched) == 0xFF && Frame.Parse(header.UInt32(offset + searched, isLittleEndian: false)) is not null)
                return offset + searched;
        }

        throw new InvalidDataException("has no audio frame after its tag");
    }

    private static uint? CountedFrames(HeaderReader header, long first, Frame frame)
    {
        try
        {
            var xing = first + frame.SideInfoEnd;
            if ((header.Has("Xing"u8, xing) || header.Has("Info"u8, xing)) && (header.Byte(xing + 7) & 1) != 0)
                return header.UInt32(xing + 8, isLittleEndian: false);
            return header.Has("VBRI"u8, first + 36) ? header.UInt32(first + 50, isLittleEndian: false) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The four bytes at the head of a frame of layer III.</summary>
    private readonly record struct Frame(int KilobitsPerSecond, int Hertz, int Samples, int SideInfoEnd)
    {
        public static Frame? Parse(uint bits)
        {
            var (version, layer, rate, hertz) = (bits >> 19 & 3, bits >> 17 & 3, bits >> 12 & 15, bits >> 10 & 3);
            if (bits >> 21 != 0x7FF || version == 1 || layer != 1 || rate is 0 or 15 || hertz == 3)
                return null;
            var isVersion1 = version == 3;
            var isMono = (bits >> 6 & 3) == 3;
            var divisor = version switch { 3 => 1, 2 => 2, _ => 4 };
            return new Frame(
                (isVersion1 ? Version1KilobitsPerSecond : Version2KilobitsPerSecond)[rate],
                Version1Hertz[hertz] / divisor,
                isVersion1 ? 1152 : 576,
                4 + (isVersion1, isMono) switch { (true, false) => 32, (true, true) => 17, (false, false) => 17, _ => 9 });
        }
    }
}
