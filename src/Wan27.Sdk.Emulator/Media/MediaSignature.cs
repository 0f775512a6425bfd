namespace Wan27.Sdk.Emulator.Media;

/// <summary>Recognizes media formats by the signature in their first bytes.</summary>
internal static class MediaSignature
{
    public static bool IsImage(ReadOnlySpan<byte> prefix) =>
        IsPng(prefix) || IsJpeg(prefix) || IsBitmap(prefix) || IsWebp(prefix);

    public static bool IsAudio(ReadOnlySpan<byte> prefix) =>
        prefix.StartsWith("ID3"u8)
        || IsRiff(prefix, "WAVE"u8)
        || (prefix.Length > 1 && prefix[0] == 0xFF && (prefix[1] & 0xE0) == 0xE0);

    public static bool IsVideo(ReadOnlySpan<byte> prefix) => prefix.Length > 11 && prefix[4..8].SequenceEqual("ftyp"u8);

    public static bool IsPng(ReadOnlySpan<byte> prefix) =>
        prefix.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    public static bool IsJpeg(ReadOnlySpan<byte> prefix) => prefix.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static bool IsBitmap(ReadOnlySpan<byte> prefix) => prefix.StartsWith("BM"u8);

    public static bool IsWebp(ReadOnlySpan<byte> prefix) => IsRiff(prefix, "WEBP"u8);

    private static bool IsRiff(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> kind) =>
        prefix.Length > 11 && prefix.StartsWith("RIFF"u8) && prefix[8..12].SequenceEqual(kind);
}
