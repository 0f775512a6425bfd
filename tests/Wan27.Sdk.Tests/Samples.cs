using Wan27.Sdk.Tests.MediaHeaders;

namespace Wan27.Sdk.Tests;

/// <summary>Valid requests and the first bytes of media, which tests modify.</summary>
internal static class Samples
{
    public const string ImageUrl = "https://example.com/mona.jpg";
    public const string VideoUrl = "https://cdn.example.com/v.mp4";

    public static TextToVideoRequest Text { get; } = new() { Prompt = "a lighthouse at dusk", ClientRequestId = "order-1" };

    public static ImageToVideoRequest Image { get; } = new() { Prompt = "she smiles", Image = MediaSource.FromUri(ImageUrl) };

    public static ReferenceToVideoRequest Reference { get; } = new() { Prompt = "they dance", ReferenceImages = [MediaSource.FromUri(ImageUrl)] };

    /// <summary>An image whose header states 1280 by 720 pixels.</summary>
    public static byte[] Png => ImageFiles.Png(1280, 720, colorType: 2);

    /// <summary>An audio file of five seconds.</summary>
    public static byte[] Wav => AudioFiles.Wav(bytesPerSecond: 100, dataLength: 500, there: 500);

    /// <summary>A video of five seconds.</summary>
    public static byte[] Mp4 => VideoFiles.Mp4(seconds: 5);

    /// <summary>A PNG's header, arbitrary bytes, and its last chunk.</summary>
    public static byte[] PngOf(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Png.CopyTo(bytes, 0);
        Png[^12..].CopyTo(bytes, length - 12);
        return bytes;
    }

    public static byte[] Padded(params byte[] head) => [.. head, .. new byte[24]];
}
