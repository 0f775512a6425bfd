namespace Wan27.Sdk.Media;

/// <summary>A file format that the API accepts, known by the first bytes of a file and never by its name.</summary>
internal sealed record MediaFormat(string Name, string MediaType, MediaKind Kind)
{
    /// <summary>How many bytes of a file determine its format.</summary>
    public const int HeadLength = 512;

    /// <summary>The only image format with a limit of its own.</summary>
    public static readonly MediaFormat Png = new("PNG", "image/png", MediaKind.Image);

    /// <summary>The only audio format whose files are longer than their audio.</summary>
    public static readonly MediaFormat Mp3 = new("MP3", "audio/mpeg", MediaKind.Audio);

    private static readonly MediaFormat Jpeg = new("JPEG", "image/jpeg", MediaKind.Image);
    private static readonly MediaFormat Bmp = new("BMP", "image/bmp", MediaKind.Image);
    private static readonly MediaFormat Webp = new("WEBP", "image/webp", MediaKind.Image);
    private static readonly MediaFormat Wav = new("WAV", "audio/wav", MediaKind.Audio);
    private static readonly MediaFormat Mp4 = new("MP4", "video/mp4", MediaKind.Video);
    private static readonly MediaFormat Mov = new("MOV", "video/quicktime", MediaKind.Video);

    private static readonly MediaFormat[] All = [Jpeg, Png, Bmp, Webp, Wav, Mp3, Mp4, Mov];

    public static MediaFormat? Detect(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? (IsApplePng(head) ? null : Png)
        : head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg
        : IsBmp(head) ? Bmp
        : IsRiff(head, "WEBP"u8) ? Webp
        : IsRiff(head, "WAVE"u8) ? Wav
        : IsMp3(head) ? Mp3
        : DetectIsoMedia(head);

    /// <summary>The formats of one kind, in words.</summary>
    public static string Offered(MediaKind kind) =>
        $"{kind.ToString().ToLowerInvariant()} as " + string.Join(", ", All.Where(format => format.Kind == kind).Select(format => format.Name));

    public override string ToString() => Name;

    // Apple's tools for iOS write this chunk before the header, and then the rest is not as in PNG.
    private static bool IsApplePng(ReadOnlySpan<byte> head) => head.Length >= 16 && head[12..16].SequenceEqual("CgBI"u8);

    // "BM" alone begins many a text: the header must have one of the known lengths.
    private static bool IsBmp(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && head.StartsWith("BM"u8)
        && head[14] is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124 && head[15..18].IndexOfAnyExcept((byte)0) < 0;

    private static bool IsRiff(ReadOnlySpan<byte> head, ReadOnlySpan<byte> form) =>
        head.Length >= 12 && (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8)) && head[8..12].SequenceEqual(form);

    // A tag, or a frame of layer III: eleven bits of synchronization, a version that exists, the layer's code.
    private static bool IsMp3(ReadOnlySpan<byte> head) =>
        head.StartsWith("ID3"u8)
        || (head.Length >= 3 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) == 0x02
            && (head[2] & 0xF0) != 0xF0 && (head[2] & 0x0C) != 0x0C);

    // Images (HEIC, AVIF) and audio (M4A) have the same container as videos; their brands distinguish them.
    private static MediaFormat? DetectIsoMedia(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
            return null;
        var box = head[4..8];
        if (box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("wide"u8)
            || box.SequenceEqual("free"u8) || box.SequenceEqual("skip"u8) || box.SequenceEqual("pnot"u8))
            return Mov;
        if (!box.SequenceEqual("ftyp"u8) || OtherFormats.IsoBrand(head) is not null)
            return null;
        return head[8..12].SequenceEqual("qt  "u8) ? Mov : Mp4;
    }
}
