namespace Wan27.Sdk.TestSupport.Measuring;

/// <summary>A file that begins as a PNG image and continues at random, so that its Base64 text contains every letter.</summary>
internal static class TestImage
{
    private const string Head = "89504E470D0A1A0A0000000D4948445200000500000002D0080200000000000000" + "0000000049444154";

    public static string Write(int length, string? folder = null)
    {
        var bytes = new byte[length];
        new Random(27).NextBytes(bytes);
        Convert.FromHexString(Head).CopyTo(bytes, 0);
        var path = Path.Combine(folder ?? Path.GetTempPath(), $"wan27-benchmark-{length}.png");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
