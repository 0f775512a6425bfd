using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Jobs;

namespace VideoStudio.Api;

/// <summary>The limits that the page checks before it sends a form. The SDK's validation decides.</summary>
internal static class Limits
{
    public const int MaxReferences = 5;

    public static readonly int[] Seconds = [5, 10, 15];

    public static readonly string[] Resolutions = ["720p", "1080p"];

    // What the studio decodes. Many systems know no media type for some of them, so that a file dialog needs the extensions.
    private static readonly string[] ImageTypes =
    [
        "image/jpeg", "image/png", "image/webp", "image/bmp", "image/heic", ".heic", "image/heif", ".heif", "image/avif", ".avif", "image/gif", "image/tiff",
        "image/jxl", ".jxl", "image/jp2", ".jp2",
    ];

    public static object Get(IOptions<StudioOptions> options, IOptions<WanVideoClientOptions> sdk) => new
    {
        models = Models.All,
        resolutions = Resolutions,
        seconds = Seconds,
        minSeconds = Seconds[0],
        maxSeconds = Seconds[^1],
        defaultSeconds = Seconds[0],
        promptMaxLength = 5_000,
        negativePromptMaxLength = 500,
        seedMax = int.MaxValue,
        picture = new
        {
            maxBytes = options.Value.MaxPictureBytes,
            maxRatio = 8,
            types = ImageTypes,
        },
        referenceMax = MaxReferences,
        service = sdk.Value.BaseAddress.IsLoopback ? "emulator" : "real",
    };
}
