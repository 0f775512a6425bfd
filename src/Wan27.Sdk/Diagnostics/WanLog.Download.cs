using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Diagnostics;

/// <content>What downloads tell.</content>
internal static partial class WanLog
{
    [LoggerMessage(300, LogLevel.Debug, "Downloading the video of generation {GenerationId}.")]
    public static partial void Downloading(this ILogger log, string generationId);

    [LoggerMessage(301, LogLevel.Warning, "The download of generation {GenerationId} goes on after {Bytes} bytes: {Reason}")]
    public static partial void DownloadMended(this ILogger log, string generationId, long bytes, string reason);

    [LoggerMessage(302, LogLevel.Warning, "The download of generation {GenerationId} begins anew: {Reason}")]
    public static partial void DownloadRestarted(this ILogger log, string generationId, string reason);

    [LoggerMessage(303, LogLevel.Information, "The video of generation {GenerationId} is here: {Bytes} bytes in {Seconds:F1} s.")]
    public static partial void Downloaded(this ILogger log, string generationId, long bytes, double seconds);

    [LoggerMessage(304, LogLevel.Warning, "The download of generation {GenerationId} failed with {ErrorType}: {Reason}")]
    public static partial void DownloadFailed(this ILogger log, string generationId, string errorType, string reason);

    [LoggerMessage(305, LogLevel.Information, "The download of generation {GenerationId} was left after {Bytes} bytes.")]
    public static partial void DownloadLeft(this ILogger log, string generationId, long bytes);
}
