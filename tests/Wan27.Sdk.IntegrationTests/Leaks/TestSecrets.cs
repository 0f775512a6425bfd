using System.Net;
using System.Text;
using System.Text.Json;

namespace Wan27.Sdk.IntegrationTests.Leaks;

/// <summary>The secrets of the tests, and every form in which they might be output.</summary>
internal static class TestSecrets
{
    public const string Key = "canary-of-the-key-0123456789";
    public const string Prompt = "a canary of the prompt, on a perch & \"singing\"";
    public const string NegativePrompt = "a canary of what is not wanted";

    /// <summary>A value in the query of the video's address, in addition to the emulator's own signature.</summary>
    public const string Signature = "canary-of-the-signature";

    private const string Media = "canary-of-the-image";

    private static readonly string[] Forms =
    [
        .. new[] { Key, Prompt, NegativePrompt, Signature, Media }.SelectMany(FormsOf),
        .. FormsOf("Signature="),
        Convert.ToBase64String(Image)[100..140],
    ];

    /// <summary>An image whose header states 640 by 360 pixels.</summary>
    public static byte[] Image
    {
        get
        {
            var image = Samples.PngOf(640, 360, colorType: 2);
            for (var at = 1_000; at < 50_000; at += 1_001)
                Encoding.ASCII.GetBytes(Media).CopyTo(image, at);
            return image;
        }
    }

    /// <summary>The words of a server that repeats everything that it received with a submission.</summary>
    public static string Reflection => Reflect(Prompt, NegativePrompt);

    /// <summary>The same in response to a read, for which the prompt is not known.</summary>
    public static string ReadReflection => Reflect("a prompt", "nothing");

    /// <returns>The form that a text contains; null if it contains none.</returns>
    public static string? In(string text) => Forms.FirstOrDefault(form => text.Contains(form, StringComparison.OrdinalIgnoreCase));

    private static string Reflect(string prompt, string negativePrompt) => JsonSerializer.Serialize(new
    {
        requestId = Key,
        message = $"{Key}: '{prompt}' without '{negativePrompt}'; https://files.example/a.mp4?Signature={Signature}; data:image/png;base64,{Convert.ToBase64String(Image)[..3_000]}",
        error = new { name = Key, message = $"{prompt} {Key}", data = new[] { new { path = new[] { prompt }, message = negativePrompt } } },
    });

    private static IEnumerable<string> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return new[] { secret, Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), WebUtility.HtmlEncode(secret), JsonEncodedText.Encode(secret).ToString(), Convert.ToHexString(bytes) }
            .Concat(Enumerable.Range(0, 3).Select(offset => Base64(bytes, offset)))
            .Distinct();
    }

    // Within longer text, the Base64 of a secret has three forms, whose ends depend on the adjacent bytes.
    private static string Base64(byte[] secret, int offset) => Convert.ToBase64String([.. new byte[offset], .. secret])[(offset + 1)..^4];
}
