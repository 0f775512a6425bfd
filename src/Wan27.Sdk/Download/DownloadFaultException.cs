using System.Net;

namespace Wan27.Sdk.Download;

/// <summary>What went wrong with one attempt at a file, and whether another may help.</summary>
internal sealed class DownloadFaultException(string message, bool isTransient, bool isExpired = false, Exception? innerException = null)
    : Exception(message, innerException)
{
    public bool IsTransient { get; } = isTransient;

    /// <summary>Whether the address is no longer good, so that the task must be asked for a fresh one.</summary>
    public bool IsExpired { get; } = isExpired;

    public long BytesWritten { get; init; }

    public static DownloadFaultException Of(HttpStatusCode status, string address) => new(
        $"The video's host answered {(int)status} for {address}.",
        isTransient: (int)status is 408 or 429 or >= 500,
        isExpired: (int)status is 401 or 403 or 404 or 410);
}
