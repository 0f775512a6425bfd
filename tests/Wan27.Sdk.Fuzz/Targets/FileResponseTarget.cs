using System.Net.Http.Headers;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>Ranges and tags of a file host: understood or ignored; a download resumes only if both are certain.</summary>
internal static class FileResponseTarget
{
    private const long Received = 1_000;

    public static void Feed(byte[] bytes)
    {
        using var response = ResponseText.Read(bytes);
        try
        {
            var file = FileResponse.Of(response);
            BrokenPromiseException.ThrowUnless(!(file.Begins < 0) && !(file.Total < 0), "a position is negative");
            BrokenPromiseException.ThrowUnless(file.Tag?.EntityTag is not { IsWeak: true }, "a weak tag is kept");
            var continues = file.Continues(Received, new(new EntityTagHeaderValue("\"v1\"")), 5_000);
            BrokenPromiseException.ThrowUnless(
                !continues || (file.Begins == Received && (file.Tag?.EntityTag?.Tag == "\"v1\"" || file.IsEnd) && file.Total is null or 5_000),
                "bytes of another file are appended");
        }
        catch (DownloadFaultException)
        {
            // Refused.
        }
    }
}
