namespace Wan27.Sdk.Tests;

/// <summary>Valid requests and the first bytes of media, to vary from.</summary>
internal static class Samples
{
    public const string PictureUrl = "https://example.com/mona.jpg";
    public const string VideoUrl = "https://cdn.example.com/v.mp4";

    public static TextToVideoRequest Text { get; } = new() { Prompt = "a lighthouse at dusk", ClientRequestId = "order-1" };

    public static ImageToVideoRequest Image { get; } = new() { Prompt = "she smiles", Image = MediaSource.FromUri(PictureUrl) };

    public static ReferenceToVideoRequest Reference { get; } = new() { Prompt = "they dance", ReferenceImages = [MediaSource.FromUri(PictureUrl)] };

    public static byte[] Png => Padded(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A);

    public static byte[] Wav => [.. "RIFF"u8, 40, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0];

    public static byte[] Mp4 => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp42"u8];

    /// <summary>A PNG's first bytes, and arbitrary ones after them.</summary>
    public static byte[] PngOf(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Png.AsSpan(0, 8).CopyTo(bytes);
        return bytes;
    }

    public static byte[] Padded(params byte[] head) => [.. head, .. new byte[24]];
}
