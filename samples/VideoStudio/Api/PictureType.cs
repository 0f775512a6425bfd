namespace VideoStudio.Api;

/// <summary>The picture formats of the service, known by their first bytes: neither a name nor a browser's word is believed.</summary>
internal sealed record PictureType(string MediaType, string Extension)
{
    public static readonly PictureType Png = new("image/png", ".png");
    public static readonly PictureType Jpeg = new("image/jpeg", ".jpg");
    public static readonly PictureType Webp = new("image/webp", ".webp");
    public static readonly PictureType Bmp = new("image/bmp", ".bmp");

    public static readonly PictureType[] All = [Png, Jpeg, Webp, Bmp];

    private const int HeadLength = 12;

    /// <summary>The format of a file; null when it is none of them.</summary>
    public static async Task<PictureType?> DetectAsync(Stream content, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var length = await content.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        return length == HeadLength ? Detect(head) : null;
    }

    public static PictureType OfName(string name) => All.First(type => name.EndsWith(type.Extension, StringComparison.Ordinal));

    private static PictureType? Detect(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) ? Png
        : head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg
        : head.StartsWith("RIFF"u8) && head[8..].SequenceEqual("WEBP"u8) ? Webp
        : head.StartsWith("BM"u8) ? Bmp
        : null;
}
