namespace Wan27.Sdk.TestSupport.Measuring;

/// <summary>A file that begins and ends as a PNG image and is random between them, so that its Base64 text contains every letter.</summary>
internal static class TestImage
{
    public static string Write(int length, string? folder = null)
    {
        var bytes = new byte[length];
        new Random(27).NextBytes(bytes);
        var png = ImageFiles.Png(1280, 720, colorType: 2);
        png.CopyTo(bytes, 0);
        png[^12..].CopyTo(bytes, length - 12);
        var path = Path.Combine(folder ?? Path.GetTempPath(), $"wan27-benchmark-{length}.png");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
