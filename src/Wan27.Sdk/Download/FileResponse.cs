using System.Net;
using System.Net.Http.Headers;

namespace Wan27.Sdk.Download;

/// <summary>What a response of a file host contains about a file.</summary>
/// <param name="Begins">The offset in the file of the first byte of the response; null if unknown.</param>
/// <param name="Tag">The file's strong tag, or its date if that is as strong; null if there is neither.</param>
/// <param name="Total">The file's size in bytes; null if unknown.</param>
/// <param name="IsEnd">Whether there is nothing after the existing bytes: status 416.</param>
/// <param name="IsFramed">Whether an incomplete body can be distinguished from a complete one.</param>
internal readonly record struct FileResponse(long? Begins, RangeConditionHeaderValue? Tag, long? Total, bool IsEnd, bool IsFramed)
{
    /// <summary>Gets whether the host states that it serves parts of the file.</summary>
    public bool AcceptsRanges { get; private init; }

    /// <exception cref="DownloadFaultException">The response has an encoding that was not requested.</exception>
    public static FileResponse Of(HttpResponseMessage response)
    {
        var headers = response.Content.Headers;
        if (headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            throw new DownloadFaultException("The file host sent the file compressed, which was not asked for.", DownloadRemedy.None);
        var range = headers.ContentRange is { Unit: "bytes" } bytes ? bytes : null;
        var tag = response.Headers.ETag is { IsWeak: false } strong ? new RangeConditionHeaderValue(strong) : StrongDate(response);
        var isFramed = headers.ContentLength is not null || response.Headers.TransferEncodingChunked is true || response.Version.Major > 1;
        return response.StatusCode switch
        {
            // Framed or not, a part may end before the file does.
            HttpStatusCode.PartialContent => new(range?.From, tag, range?.Length, IsEnd: false, isFramed && range?.Length is not null),
            HttpStatusCode.RequestedRangeNotSatisfiable => new(range?.Length, tag, range?.Length, IsEnd: true, isFramed),
            _ => new(0, tag, headers.ContentLength, IsEnd: false, isFramed) { AcceptsRanges = response.Headers.AcceptRanges.Contains("bytes") },
        };
    }

    /// <summary>Returns whether the response continues where the existing bytes end, in the same version of the file.</summary>
    public bool Continues(long received, RangeConditionHeaderValue? tag, long? total) =>
        Begins == received && (received == 0 || (IsSameVersion(tag) && (Total ?? total) == (total ?? Total) && (tag?.Date is null || Total is not null)));

    // RFC 9110, 8.8.2.2: a date is strong if the file cannot have changed again within the same second.
    private static RangeConditionHeaderValue? StrongDate(HttpResponseMessage response) =>
        response.Content.Headers.LastModified is { } modified && response.Headers.Date is { } now && now - modified >= TimeSpan.FromSeconds(1)
            ? new RangeConditionHeaderValue(modified)
            : null;

    // A response without a body does not have to repeat the tag.
    private bool IsSameVersion(RangeConditionHeaderValue? tag) => Equals(Tag, tag) || (IsEnd && Tag is null);
}
