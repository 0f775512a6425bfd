using Wan27.Sdk.Download;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>Ranges and tags of a file host: understood or ignored; a download resumes only if both are certain.</summary>
internal static class FileAnswerTarget
{
    private const long Received = 1_000;

    public static void Feed(byte[] bytes)
    {
        using var response = AnswerText.Read(bytes);
        try
        {
            var answer = FileResponse.Of(response);
            BrokenPromiseException.ThrowUnless(!(answer.Begins < 0) && !(answer.Total < 0), "a place is negative");
            BrokenPromiseException.ThrowUnless(answer.Tag is not { IsWeak: true }, "a weak tag is kept");
            var continues = answer.Continues(Received, new("\"v1\""), 5_000);
            BrokenPromiseException.ThrowUnless(
                !continues || (answer.Begins == Received && (answer.Tag?.Tag == "\"v1\"" || answer.IsEnd) && answer.Total is null or 5_000),
                "bytes of another file are appended");
        }
        catch (DownloadFaultException)
        {
            // Refused.
        }
    }
}
