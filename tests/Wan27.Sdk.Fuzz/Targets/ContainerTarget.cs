using Wan27.Sdk.Download;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>The boxes of a video: accepted or refused, independent of how the bytes are divided into pieces.</summary>
internal static class ContainerTarget
{
    public static void Feed(byte[] bytes)
    {
        var complete = Validate(bytes, bytes.Length);
        foreach (var piece in new[] { 1, 7, 1 + (bytes.Length / 2) })
            BrokenPromiseException.ThrowUnless(Validate(bytes, piece) == complete, $"in pieces of {piece} bytes the video is different");
    }

    private static string? Validate(byte[] bytes, int piece)
    {
        try
        {
            var check = new Mp4Validator();
            for (var offset = 0; offset < bytes.Length; offset += piece)
                check.Feed(bytes.AsSpan(offset, Math.Min(piece, bytes.Length - offset)));
            check.Finish(isEndKnown: true, isTotalKnown: true);
            return null;
        }
        catch (DownloadFaultException e)
        {
            return e.Message;
        }
    }
}
