namespace Wan27.Sdk.Media;

/// <summary>One frame of MPEG layer III.</summary>
/// <param name="Version">3 for MPEG-1, 2 for MPEG-2, 0 for MPEG-2.5.</param>
/// <param name="Hertz">Samples a second.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="SideInfoEnd">The offset of its data, in which a header of the file can be.</param>
internal readonly record struct Mp3Frame(uint Version, int Hertz, int Length, int SideInfoEnd)
{
    public const int HeaderLength = 4;

    /// <summary>The shortest frame that has audio: a header and the side information of one channel.</summary>
    public const int MinLength = 13;

    private static readonly int[] Version1KilobitsPerSecond = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Version2KilobitsPerSecond = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Version1Hertz = [44_100, 48_000, 32_000];

    public double Seconds => (Version == 3 ? 1152 : 576) / (double)Hertz;

    /// <summary>Returns the frame whose header has these bits; null if no header has.</summary>
    /// <param name="bits">The first four bytes.</param>
    /// <param name="freeLength">The length of a frame in free format, which its header does not have.</param>
    public static Mp3Frame? Parse(uint bits, int freeLength)
    {
        if (!IsHeader(bits))
            return null;
        var (version, rate, hertz, padding) = (bits >> 19 & 3, bits >> 12 & 15, bits >> 10 & 3, (int)(bits >> 9 & 1));
        var isVersion1 = version == 3;
        var isMono = (bits >> 6 & 3) == 3;
        var frequency = Version1Hertz[hertz] / version switch { 3 => 1, 2 => 2, _ => 4 };
        var kilobits = (isVersion1 ? Version1KilobitsPerSecond : Version2KilobitsPerSecond)[rate];
        var length = rate == 0 ? freeLength : ((isVersion1 ? 144_000 : 72_000) * kilobits / frequency) + padding;
        var sideInfoEnd = HeaderLength + (isVersion1, isMono) switch { (true, false) => 32, (true, true) => 17, (false, false) => 17, _ => 9 };
        return length < sideInfoEnd ? null : new Mp3Frame(version, frequency, length, sideInfoEnd);
    }

    public static bool IsFreeFormat(uint bits) => IsHeader(bits) && (bits >> 12 & 15) == 0;

    /// <summary>Returns whether another frame can be of the same audio.</summary>
    public bool IsLike(Mp3Frame other) => (Version, Hertz) == (other.Version, other.Hertz);

    private static bool IsHeader(uint bits) =>
        bits >> 21 == 0x7FF && (bits >> 19 & 3) != 1 && (bits >> 17 & 3) == 1 && (bits >> 12 & 15) != 15 && (bits >> 10 & 3) != 3;
}
