using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Diagnostics;

/// <content>What waiting tells.</content>
internal static partial class WanLog
{
    [LoggerMessage(200, LogLevel.Debug, "Waiting for generation {GenerationId}.")]
    public static partial void Waiting(this ILogger log, string generationId);

    [LoggerMessage(201, LogLevel.Debug, "Poll {Poll} of generation {GenerationId}: {Status}.")]
    public static partial void Polled(this ILogger log, int poll, string generationId, string status);

    [LoggerMessage(202, LogLevel.Information, "Generation {GenerationId} is {Status}.")]
    public static partial void StatusChanged(this ILogger log, string generationId, string status);

    [LoggerMessage(203, LogLevel.Warning, "Poll {Poll} of generation {GenerationId} failed with {ErrorType}: {Reason}")]
    public static partial void PollFailed(this ILogger log, int poll, string generationId, string errorType, string reason);

    [LoggerMessage(204, LogLevel.Information, "Generation {GenerationId} has its video after {Polls} polls in {Seconds:F1} s; it cost {Usd} USD.")]
    public static partial void GenerationCompleted(this ILogger log, string generationId, int polls, double seconds, decimal? usd);

    [LoggerMessage(205, LogLevel.Warning, "Generation {GenerationId} failed: its status is {Status}.")]
    public static partial void GenerationFailed(this ILogger log, string generationId, string status);

    [LoggerMessage(206, LogLevel.Warning, "Generation {GenerationId} is no longer waited for, after {Polls} polls, and goes on: {ErrorType}: {Reason}")]
    public static partial void WaitGivenUp(this ILogger log, string generationId, int polls, string errorType, string reason);

    [LoggerMessage(207, LogLevel.Information, "Waiting for generation {GenerationId} was cancelled after {Polls} polls; it goes on.")]
    public static partial void WaitCanceled(this ILogger log, string generationId, int polls);
}
