using System.Net;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Download;

/// <summary>What went wrong with one attempt at a file, and what may help.</summary>
internal sealed class DownloadFaultException(string message, DownloadRemedy remedy, Exception? innerException = null)
    : Exception(message, innerException)
{
    public DownloadRemedy Remedy { get; } = remedy;

    /// <summary>How long the host asked to wait, within the limit that is obeyed.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The same fault, where something else helps.</summary>
    public DownloadFaultException With(DownloadRemedy other) => new(Message, other, InnerException) { Delay = Delay };

    public static DownloadFaultException Of(HttpResponseMessage response, string address)
    {
        var asked = RetryAfterHeader.Of(response);
        var remedy = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone => DownloadRemedy.FreshAddress,
            HttpStatusCode.PreconditionFailed => DownloadRemedy.Restart,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError when !(asked > RetryAfterHeader.Longest) => DownloadRemedy.Retry,
            _ => DownloadRemedy.None,
        };
        return new DownloadFaultException($"The file host responded with {(int)response.StatusCode} for {address}.", remedy) { Delay = asked };
    }
}
