using System.Text;
using static Wan27.Sdk.TestSupport.ImageFiles;

namespace Wan27.Sdk.TestSupport;

/// <summary>Small MP4 and MOV files, box by box, with all that describes a video but its samples.</summary>
internal static class VideoFiles
{
    public const int Timescale = 1_000;

    public static byte[] FileType(string brand = "isom") => Box("ftyp", [.. Encoding.Latin1.GetBytes(brand), 0, 0, 2, 0, .. "mp42"u8]);

    public static byte[] Data(int length = 60) => Box("mdat", new byte[length]);

    /// <summary>A complete MP4 file.</summary>
    public static byte[] Mp4(double seconds = 5) => [.. FileType(), .. Movie(seconds), .. Data()];

    public static byte[] Movie(double seconds, params byte[][] tracks) =>
        Box("moov", [.. MovieHeader(seconds), .. tracks.Length == 0 ? Track(1, "vide", seconds) : tracks.SelectMany(track => track)]);

    public static byte[] MovieHeader(double seconds) => Box("mvhd", [.. new byte[12], .. Big32(Timescale), .. Units(seconds), .. new byte[80]]);

    /// <summary>A movie header whose times have 64 bits.</summary>
    public static byte[] LongMovieHeader(double seconds) =>
        Box("mvhd", [1, .. new byte[19], .. Big32(Timescale), .. Big32(0), .. Units(seconds), .. new byte[80]]);

    public static byte[] Track(int id, string handler, double seconds) => Box("trak",
    [
        .. Box("tkhd", [.. new byte[12], .. Big32(id), .. new byte[68]]),
        .. Box("mdia",
        [
            .. Box("mdhd", [.. new byte[12], .. Big32(Timescale), .. Units(seconds), .. new byte[4]]),
            .. Box("hdlr", [.. new byte[8], .. Encoding.Latin1.GetBytes(handler), .. new byte[13]]),
        ]),
    ]);

    /// <summary>The box that announces fragments, each of whose samples lasts a number of units.</summary>
    public static byte[] FragmentDefaults(int track, int units) => Box("mvex", Box("trex", [.. new byte[4], .. Big32(track), .. new byte[4], .. Big32(units), .. new byte[8]]));

    /// <summary>A fragment whose samples have the duration of the default.</summary>
    public static byte[] Fragment(int track, int samples, int? begin = null) => Box("moof", Box("traf",
    [
        .. Box("tfhd", [.. new byte[4], .. Big32(track)]),
        .. begin is { } units ? Box("tfdt", [.. new byte[4], .. Big32(units)]) : [],
        .. Box("trun", [.. new byte[4], .. Big32(samples)]),
    ]));

    /// <summary>A fragment each of whose samples has a duration of its own.</summary>
    public static byte[] FragmentOf(int track, params int[] units) => Box("moof", Box("traf",
    [
        .. Box("tfhd", [.. new byte[4], .. Big32(track)]),
        .. Box("trun", [0, 0, 1, 0, .. Big32(units.Length), .. units.SelectMany(Big32)]),
    ]));

    public static byte[] Box(string type, byte[] content) => [.. Big32(8 + content.Length), .. Encoding.Latin1.GetBytes(type), .. content];

    private static byte[] Units(double seconds) => Big32((int)Math.Round(seconds * Timescale));
}
