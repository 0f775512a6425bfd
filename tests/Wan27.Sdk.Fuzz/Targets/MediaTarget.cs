using Wan27.Sdk.Media;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>The headers of local media: any file is measured or has a fault, and is checked as image, audio and reference video.</summary>
internal static class MediaTarget
{
    public static void Feed(byte[] bytes)
    {
        var source = MediaSource.FromBytes(bytes);
        using var media = new MediaSet();
        var found = media.Inspect(source);
        var isMeasured = found.Image is not null || found.Duration is not null;
        BrokenPromiseException.ThrowUnless(isMeasured == found.Fault is null, "media are neither measured nor faulty, or both");
        BrokenPromiseException.ThrowUnless(found.Image is not { ShortSide: < 0 }, "a side is negative");
        BrokenPromiseException.ThrowUnless(!(found.Duration < TimeSpan.Zero), "a length is negative");

        var references = new ReferenceToVideoRequest { Prompt = "p", ReferenceImages = [source], ReferenceVideos = [source] };
        var problems = new ImageToVideoRequest { Prompt = "p", Image = source, Audio = source }.Validate().Concat(references.Validate());
        foreach (var problem in problems)
            Secrets.ThrowIfUnfit(problem.ToString(), 300);
    }
}
