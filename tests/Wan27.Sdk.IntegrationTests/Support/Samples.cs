using System.Security.Cryptography;

namespace Wan27.Sdk.IntegrationTests.Support;

/// <summary>Requests and media that the service accepts.</summary>
internal static class Samples
{
    /// <summary>An image of 640 by 360 pixels.</summary>
    public static byte[] ImageBytes { get; } = PngOf(640, 360, colorType: 2);

    public static string ImagePlaceholder => $"data:image/png;base64,({ImageBytes.Length} bytes, sha256 {Convert.ToHexString(SHA256.HashData(ImageBytes))})";

    public static TextToVideoRequest Text(string? clientRequestId = null, string prompt = "a lighthouse at dusk") => new()
    {
        Prompt = prompt,
        Resolution = VideoResolution.P720,
        Duration = VideoDuration.FiveSeconds,
        ClientRequestId = clientRequestId,
    };

    public static ImageToVideoRequest Image(MediaSource image) => new()
    {
        Prompt = "the lamp begins to turn",
        Image = image,
        Resolution = VideoResolution.P720,
        Duration = VideoDuration.FiveSeconds,
    };

    /// <summary>The header of a PNG image, followed by bytes of every value.</summary>
    /// <summary>An image of 100,001 bytes.</summary>
    public static byte[] PngOf(int width, int height, byte colorType)
    {
        var png = ImageFiles.Png(width, height, colorType);
        var image = new byte[100_001];
        for (var i = 0; i < image.Length; i++)
            image[i] = (byte)(i * 7);
        png.CopyTo(image, 0);
        png[^12..].CopyTo(image, image.Length - 12);
        return image;
    }
}
