using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wan27.Sdk.EmulatorTests.Support;

/// <summary>Requests and media that the service accepts.</summary>
internal static class Samples
{
    /// <summary>An image of 640 by 360 pixels.</summary>
    public static byte[] Picture { get; } = PictureOf(640, 360, colourType: 2);

    public static string PicturePlaceholder => $"data:image/png;base64,({Picture.Length} bytes, sha256 {Convert.ToHexString(SHA256.HashData(Picture))})";

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

    /// <summary>A PNG by its header, with bytes of every value behind it.</summary>
    public static byte[] PictureOf(int width, int height, byte colourType)
    {
        byte[] header = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        var picture = new byte[100_001];
        for (var i = 0; i < picture.Length; i++)
            picture[i] = (byte)(i * 7);
        header.CopyTo(picture, 0);
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(picture.AsSpan(20), height);
        new byte[] { 8, colourType, 0, 0, 0 }.CopyTo(picture, 24);
        "IDAT"u8.CopyTo(picture.AsSpan(37));
        return picture;
    }
}
