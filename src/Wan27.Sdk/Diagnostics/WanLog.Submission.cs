using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Diagnostics;

/// <summary>Every log entry. An id and its name are kept for ever: 1xx submission, 2xx waiting, 3xx download, 4xx transport.</summary>
internal static partial class WanLog
{
    [LoggerMessage(100, LogLevel.Debug, "Submitting {ClientRequestId} to {Model}.")]
    public static partial void Submitting(this ILogger log, string clientRequestId, string model);

    [LoggerMessage(101, LogLevel.Information, "Submission {ClientRequestId} is generation {GenerationId} ({Status}).")]
    public static partial void Submitted(this ILogger log, string clientRequestId, string generationId, string status);

    [LoggerMessage(102, LogLevel.Warning, "Submission {ClientRequestId} failed with {ErrorType}: {Reason}")]
    public static partial void SubmissionFailed(this ILogger log, string clientRequestId, string errorType, string reason);

    [LoggerMessage(103, LogLevel.Information, "Submission {ClientRequestId} was cancelled; whether a task may exist: {MayHaveBeenSent}.")]
    public static partial void SubmissionCanceled(this ILogger log, string clientRequestId, bool mayHaveBeenSent);

    [LoggerMessage(104, LogLevel.Warning, "The outcome of submission {ClientRequestId} is unclear ({Phase}: {Evidence}). Its task is looked for; nothing is sent again.")]
    public static partial void OutcomeUnclear(this ILogger log, string clientRequestId, SubmissionPhase phase, string evidence);

    [LoggerMessage(105, LogLevel.Debug, "Searching for submission {ClientRequestId}, time {Search}.")]
    public static partial void Searching(this ILogger log, string clientRequestId, int search);

    [LoggerMessage(106, LogLevel.Information, "Submission {ClientRequestId} was found: it is generation {GenerationId}.")]
    public static partial void OutcomeFound(this ILogger log, string clientRequestId, string generationId);

    [LoggerMessage(107, LogLevel.Error, "The outcome of submission {ClientRequestId} is unknown: a task may be running and may be charged. Look for it later with FindGenerationsAsync.")]
    public static partial void OutcomeUnknown(this ILogger log, string clientRequestId);

    [LoggerMessage(108, LogLevel.Information, "Submission {ClientRequestId} is in the journal ({State}); nothing is sent.")]
    public static partial void SubmissionResumed(this ILogger log, string clientRequestId, SubmissionState state);

    [LoggerMessage(109, LogLevel.Warning, "The submission journal could not be brought up to date. It still says that a task may exist, which costs a search later.")]
    public static partial void JournalNotWritten(this ILogger log, Exception e);

    [LoggerMessage(110, LogLevel.Debug, "Submission {ClientRequestId} asks for: {Prompt} Not for: {NegativePrompt}")]
    public static partial void SubmissionContent(this ILogger log, string clientRequestId, string prompt, string? negativePrompt);
}
