using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Diagnostics;

/// <content>What single HTTP attempts tell.</content>
internal static partial class WanLog
{
    [LoggerMessage(400, LogLevel.Trace, "{Method} {Address}, query: {Query}, headers: {Headers}", SkipEnabledCheck = true)]
    public static partial void Sending(this ILogger log, string method, string address, string query, string headers);

    [LoggerMessage(401, LogLevel.Debug, "{Method} {Address} was answered {StatusCode}.", SkipEnabledCheck = true)]
    public static partial void Answered(this ILogger log, string method, string address, int statusCode);

    [LoggerMessage(402, LogLevel.Trace, "The answer {StatusCode} has the headers: {Headers}", SkipEnabledCheck = true)]
    public static partial void AnswerHeaders(this ILogger log, int statusCode, string headers);

    [LoggerMessage(403, LogLevel.Debug, "{Attempt} was not answered: {Reason}.")]
    public static partial void Unanswered(this ILogger log, string attempt, string reason);

    [LoggerMessage(404, LogLevel.Information, "A {Request} is tried again in {Seconds:F1} s after {ErrorType}: {Reason}")]
    public static partial void Retrying(this ILogger log, string request, double seconds, string errorType, string reason);

    [LoggerMessage(405, LogLevel.Trace, "The answer {StatusCode} says: {Content}")]
    public static partial void AnswerContent(this ILogger log, int statusCode, string content);
}
