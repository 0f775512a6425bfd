using System.Collections.Concurrent;
using System.Security.Cryptography;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>The result files, embedded: one for each resolution, ratio and length. They were drawn by <c>assets/make-media.sh</c>.</summary>
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
            ?? throw new InvalidOperationException($"The video {name} is not in the assembly.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new VideoFile(bytes, Convert.ToHexString(SHA256.HashData(bytes))[..32]);
    }
}
