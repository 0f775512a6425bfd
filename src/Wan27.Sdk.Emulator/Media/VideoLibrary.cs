using System.Collections.Concurrent;
using System.Security.Cryptography;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>
/// Provides the embedded result files, one for each resolution, aspect ratio and duration. They are created by
/// <c>assets/make-media.sh</c>.
/// </summary>
internal static class VideoLibrary
{
    private static readonly ConcurrentDictionary<string, VideoFile> Loaded = new(StringComparer.Ordinal);

    public static VideoFile Find(GenerationParameters parameters)
    {
        var ratio = parameters.AspectRatio.Replace(':', 'x');
        return Loaded.GetOrAdd($"{parameters.Resolution}-{ratio}-{parameters.Seconds}s.mp4", Load);
    }

    private static VideoFile Load(string name)
    {
        using var resource = typeof(VideoLibrary).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no embedded video {name}.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new VideoFile(bytes, Convert.ToHexString(SHA256.HashData(bytes))[..32]);
    }
}
