using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Download;

/// <summary>Converts the errors of a download to the exception for the caller, with the next step.</summary>
internal static class DownloadErrors
{
    public static async Task<T> TypedAsync<T>(VideoGeneration generation, Func<Task<T>> fetchAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await fetchAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (Typed(e, generation, cancellationToken) is { } typed)
        {
            throw typed;
        }
    }

    /// <summary>Returns the exception for the caller; null for one that is thrown as it is.</summary>
    public static Exception? Typed(Exception e, VideoGeneration generation, CancellationToken cancellationToken) => e switch
    {
        DownloadFaultException or IOException or UnauthorizedAccessException => About(generation, new WanDownloadException(e.Message, e.InnerException ?? e)
        {
            IsFinal = e is UnusableTargetException or PathTooLongException or UnauthorizedAccessException,
        }),
        WanDownloadException { GenerationId: null } bare => About(generation, bare),
        OperationCanceledException when cancellationToken.IsCancellationRequested =>
            WanCanceledException.Of(
                $"Canceled while downloading generation '{generation.Id}', which is complete; download it again.", generation, TransportFault.Sanitize(e), cancellationToken),
        _ => null,
    };

    private static WanDownloadException About(VideoGeneration generation, WanDownloadException e)
    {
        e.AddContext(generation.Id, generation.ClientRequestId, generation.Status);
        return e;
    }
}
