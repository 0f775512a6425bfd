using Microsoft.Extensions.Logging;
using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Diagnostics;

/// <summary>
/// Every log entry. An id and its name are kept for ever: 1xx submission, 2xx waiting, 3xx download, 4xx transport.
/// All in one file, as the generator takes several in no fixed order and two builds would differ.
/// </summary>
internal static partial class WanLog
{
    [LoggerMessage(100, LogLevel.Debug, "Submitting {ClientRequestId} to {Model}.")]
    public static partial void Submitting(this ILogger log, string clientRequestId, string model);

    [LoggerMessage(101, LogLevel.Information, "Submission {ClientRequestId} is generation {GenerationId} ({Status}).")]
    public static partial void Submitted(this ILogger log, string clientRequestId, string generationId, string status);

    [LoggerMessage(102, LogLevel.Warning, "Submission {ClientRequestId} failed with {ErrorType}: {Reason}")]
    public static partial void SubmissionFailed(this ILogger log, string clientRequestId, string errorType, string reason);

    [LoggerMessage(103, LogLevel.Information, "Submission {ClientRequestId} was canceled; whether a generation may exist: {MayHaveBeenSent}.")]
    public static partial void SubmissionCanceled(this ILogger log, string clientRequestId, bool mayHaveBeenSent);

    [LoggerMessage(104, LogLevel.Warning, "The outcome of submission {ClientRequestId} is unclear ({Phase}: {Evidence}). The client searches for its generation and sends nothing again.")]
    public static partial void OutcomeUnclear(this ILogger log, string clientRequestId, SubmissionPhase phase, string evidence);

    [LoggerMessage(105, LogLevel.Debug, "Searching for submission {ClientRequestId}, time {Search}.")]
    public static partial void Searching(this ILogger log, string clientRequestId, int search);

    [LoggerMessage(106, LogLevel.Information, "Submission {ClientRequestId} was found: it is generation {GenerationId}.")]
    public static partial void OutcomeFound(this ILogger log, string clientRequestId, string generationId);

    [LoggerMessage(107, LogLevel.Error, "The outcome of submission {ClientRequestId} is unknown: a generation may exist and may be charged. Search for it later with FindGenerationsAsync.")]
    public static partial void OutcomeUnknown(this ILogger log, string clientRequestId);

    [LoggerMessage(108, LogLevel.Information, "Submission {ClientRequestId} is in the journal ({State}); nothing is sent.")]
    public static partial void SubmissionResumed(this ILogger log, string clientRequestId, string state);

    [LoggerMessage(109, LogLevel.Warning, "The submission journal could not be updated. According to it a generation may exist, which costs a search later.")]
    public static partial void JournalNotWritten(this ILogger log, Exception e);

    [LoggerMessage(110, LogLevel.Debug, "Submission {ClientRequestId} asks for: {Prompt} Not for: {NegativePrompt}")]
    public static partial void SubmissionContent(this ILogger log, string clientRequestId, string prompt, string? negativePrompt);

    [LoggerMessage(111, LogLevel.Information, "Submission {ClientRequestId} waits, because {MaxInProgress} generations of the account are in progress.")]
    public static partial void SubmissionQueued(this ILogger log, string clientRequestId, int maxInProgress);

    [LoggerMessage(112, LogLevel.Debug, "Generation {GenerationId}, which is in progress, cannot be read: {ErrorType}.")]
    public static partial void RunningNotRead(this ILogger log, string generationId, string errorType);

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

    [LoggerMessage(206, LogLevel.Warning, "Generation {GenerationId} is no longer waited for, after {Polls} polls, and continues: {ErrorType}: {Reason}")]
    public static partial void WaitGivenUp(this ILogger log, string generationId, int polls, string errorType, string reason);

    [LoggerMessage(207, LogLevel.Information, "Waiting for generation {GenerationId} was canceled after {Polls} polls; it continues.")]
    public static partial void WaitCanceled(this ILogger log, string generationId, int polls);

    [LoggerMessage(300, LogLevel.Debug, "Downloading the video of generation {GenerationId}.")]
    public static partial void Downloading(this ILogger log, string generationId);

    [LoggerMessage(301, LogLevel.Warning, "The download of generation {GenerationId} is resumed after {Bytes} bytes: {Reason}")]
    public static partial void DownloadMended(this ILogger log, string generationId, long bytes, string reason);

    [LoggerMessage(302, LogLevel.Warning, "The download of generation {GenerationId} restarts: {Reason}")]
    public static partial void DownloadRestarted(this ILogger log, string generationId, string reason);

    [LoggerMessage(303, LogLevel.Information, "The video of generation {GenerationId} is here: {Bytes} bytes in {Seconds:F1} s.")]
    public static partial void Downloaded(this ILogger log, string generationId, long bytes, double seconds);

    [LoggerMessage(304, LogLevel.Warning, "The download of generation {GenerationId} failed with {ErrorType}: {Reason}")]
    public static partial void DownloadFailed(this ILogger log, string generationId, string errorType, string reason);

    [LoggerMessage(305, LogLevel.Information, "The download of generation {GenerationId} was left after {Bytes} bytes.")]
    public static partial void DownloadLeft(this ILogger log, string generationId, long bytes);

    [LoggerMessage(400, LogLevel.Trace, "{Method} {Address}, query: {Query}, headers: {Headers}", SkipEnabledCheck = true)]
    public static partial void Sending(this ILogger log, string method, string address, string query, string headers);

    [LoggerMessage(401, LogLevel.Debug, "{Method} {Address} has the response {StatusCode}.", SkipEnabledCheck = true)]
    public static partial void Answered(this ILogger log, string method, string address, int statusCode);

    [LoggerMessage(402, LogLevel.Trace, "The response {StatusCode} has the headers: {Headers}", SkipEnabledCheck = true)]
    public static partial void AnswerHeaders(this ILogger log, int statusCode, string headers);

    [LoggerMessage(403, LogLevel.Debug, "{Attempt} has no response: {Reason}.")]
    public static partial void Unanswered(this ILogger log, string attempt, string reason);

    [LoggerMessage(404, LogLevel.Information, "A {Request} is tried again in {Seconds:F1} s after {ErrorType}: {Reason}")]
    public static partial void Retrying(this ILogger log, string request, double seconds, string errorType, string reason);

    [LoggerMessage(405, LogLevel.Trace, "The response {StatusCode} contains: {Content}")]
    public static partial void AnswerContent(this ILogger log, int statusCode, string content);

    [LoggerMessage(406, LogLevel.Warning, "A progress callback failed with {ErrorType}; the call continues without its report.")]
    public static partial void ProgressFailed(this ILogger log, string errorType);
}
