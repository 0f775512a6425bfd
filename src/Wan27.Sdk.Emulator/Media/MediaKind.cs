namespace Wan27.Sdk.Emulator.Media;

/// <summary>Tells what a file is by its first bytes.</summary>
internal static class MediaKind
{
    public static bool IsImage(ReadOnlySpan<byte> head) =>
        IsPng(head) || IsJpeg(head) || IsBitmap(head) || IsWebp(head);

    public static bool IsAudio(ReadOnlySpan<byte> head) =>
        head.StartsWith("ID3"u8) || IsRiff(head, "WAVE"u8) || (head.Length > 1 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0);

    public static bool IsVideo(ReadOnlySpan<byte> head) => head.Length > 11 && head[4..8].SequenceEqual("ftyp"u8);

    public static bool IsPng(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    public static bool IsJpeg(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static bool IsBitmap(ReadOnlySpan<byte> head) => head.StartsWith("BM"u8);

    public static bool IsWebp(ReadOnlySpan<byte> head) => IsRiff(head, "WEBP"u8);

    private static bool IsRiff(ReadOnlySpan<byte> head, ReadOnlySpan<byte> kind) =>
        head.Length > 11 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual(kind);
}
