using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Jobs;

/// <summary>The log entries of the service, 5xx. They contain no text of an exception of the application, which may contain secrets.</summary>
internal static partial class JobLog
{
    [LoggerMessage(500, LogLevel.Information, "The outcome of submission {ClientRequestId} was handed to the application: {Outcome}.")]
    public static partial void HandedOver(this ILogger log, string clientRequestId, string outcome);

    [LoggerMessage(501, LogLevel.Error, "The handler failed with {ErrorType} on submission {ClientRequestId}, {Failures} times in all; it is called again in {Seconds:F0} s.")]
    public static partial void HandlerFailed(this ILogger log, string clientRequestId, string errorType, int failures, double seconds);

    [LoggerMessage(502, LogLevel.Warning, "The jobs of the submission journal cannot be used: {ErrorType}. They are tried again in {Seconds:F0} s.")]
    public static partial void JournalFailed(this ILogger log, string errorType, double seconds);

    [LoggerMessage(503, LogLevel.Warning, "Submission {ClientRequestId} was taken over by another instance, because this one could not extend its claim.")]
    public static partial void ClaimLost(this ILogger log, string clientRequestId);

    [LoggerMessage(504, LogLevel.Debug, "Submission {ClientRequestId} is looked at again in {Seconds:F0} s: {Reason}.")]
    public static partial void LookedAtLater(this ILogger log, string clientRequestId, double seconds, string reason);
}
