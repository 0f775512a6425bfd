using System.Net;
using System.Net.Http.Headers;

namespace Wan27.Sdk.Download;

/// <summary>What a host's answer says of a file.</summary>
/// <param name="Begins">The place in the file of the first byte of the answer; null when it is not told.</param>
/// <param name="Tag">The file's strong tag; null when there is none.</param>
/// <param name="Total">The file's size in bytes; null when it is not told.</param>
/// <param name="IsEnd">Whether there is nothing behind the bytes that we have: the answer 416.</param>
/// <param name="IsFramed">Whether a body that is cut off can be told from a whole one.</param>
internal readonly record struct FileResponse(long? Begins, EntityTagHeaderValue? Tag, long? Total, bool IsEnd, bool IsFramed)
{
    /// <exception cref="DownloadFaultException">The answer is in a coding that was not asked for.</exception>
    public static FileResponse Of(HttpResponseMessage response)
    {
        var headers = response.Content.Headers;
        if (headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            throw new DownloadFaultException("The file host sent the file compressed, which was not asked for.", DownloadRemedy.None);
        var range = headers.ContentRange is { Unit: "bytes" } bytes ? bytes : null;
        var tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        var isFramed = headers.ContentLength is not null || response.Headers.TransferEncodingChunked is true || response.Version.Major > 1;
        return response.StatusCode switch
        {
            // Framed or not, a part may end before the file does.
            HttpStatusCode.PartialContent => new(range?.From, tag, range?.Length, IsEnd: false, isFramed && range?.Length is not null),
            HttpStatusCode.RequestedRangeNotSatisfiable => new(range?.Length, tag, range?.Length, IsEnd: true, isFramed),
            _ => new(0, tag, headers.ContentLength, IsEnd: false, isFramed),
        };
    }

    /// <summary>Whether the answer goes on where the bytes that we have end, in the same version of the file.</summary>
    public bool Continues(long received, EntityTagHeaderValue? tag, long? total) =>
        Begins == received && (received == 0 || (IsSameVersion(tag) && (Total ?? total) == (total ?? Total)));

    // An answer without a body need not repeat the tag.
    private bool IsSameVersion(EntityTagHeaderValue? tag) => Equals(Tag, tag) || (IsEnd && Tag is null);
}
