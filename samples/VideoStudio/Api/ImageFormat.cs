namespace VideoStudio.Api;

/// <summary>The image formats of the service, detected by their first bytes. File names and content types are not trusted.</summary>
internal sealed record ImageFormat(string MediaType, string Extension)
{
    public static readonly ImageFormat Png = new("image/png", ".png");
    public static readonly ImageFormat Jpeg = new("image/jpeg", ".jpg");
    public static readonly ImageFormat Webp = new("image/webp", ".webp");
    public static readonly ImageFormat Bmp = new("image/bmp", ".bmp");

    private const int SignatureLength = 12;

    private static readonly ImageFormat[] All = [Png, Jpeg, Webp, Bmp];

    public static ImageFormat FromName(string name) => All.First(type => name.EndsWith(type.Extension, StringComparison.Ordinal));

    /// <summary>Detects the format of a file; null if it is not supported.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> file) => file.Length < SignatureLength ? null : DetectHeader(file[..SignatureLength]);

    private static ImageFormat? DetectHeader(ReadOnlySpan<byte> header) =>
        header.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) ? Png
        : header.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg
        : header.StartsWith("RIFF"u8) && header[8..].SequenceEqual("WEBP"u8) ? Webp
        : header.StartsWith("BM"u8) ? Bmp
        : null;
}
