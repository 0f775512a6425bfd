using System.Text.Json;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Words;

namespace Wan27.Sdk.Submission;

/// <summary>
/// The decision on which money hangs: what an attempt at the paid request means. A new request is allowed only where a task provably does
/// not exist; whatever is not listed as a refusal is ambiguous.
/// </summary>
internal static class SubmissionClassifier
{
    /// <summary>The service's log and its web server agree on the time at least so well.</summary>
    private static readonly TimeSpan ServerClockReach = TimeSpan.FromMinutes(10);

    /// <param name="answer">The answer, or what came of it.</param>
    /// <param name="clientRequestId">The id under which the request was sent.</param>
    /// <param name="secrets">What must not be repeated from the answer.</param>
    public static SubmissionOutcome OfAnswer(ApiAnswer answer, string clientRequestId, params string?[] secrets) => (int)answer.Head.StatusCode switch
    {
        >= 200 and < 300 => OfSuccess(answer, clientRequestId, secrets),
        >= 300 and < 500 when TaskInBody(answer, secrets) is not null => Ambiguous(
            answer, clientRequestId, secrets, $"the service answered {(int)answer.Head.StatusCode} and names a task"),
        429 when answer.Head.InferenceId is null => Refused(answer, mayRetry: !IsFreeTierLimit(answer), secrets),
        (>= 300 and < 400) or 400 or 401 or 402 or 403 or 404 or 405 or 413 or 415 or 422 => Refused(answer, mayRetry: false, secrets),
        _ => Ambiguous(answer, clientRequestId, secrets, $"the service answered {(int)answer.Head.StatusCode}"),
    };

    /// <param name="fault">Why no answer came.</param>
    /// <param name="phase">How far the attempt got.</param>
    /// <param name="clientRequestId">The id under which the request was sent.</param>
    public static SubmissionOutcome OfFault(WanException fault, SubmissionPhase phase, string clientRequestId) =>
        phase is SubmissionPhase.NotSent
            ? new SubmissionOutcome.Refused(fault, MayRetry: fault.IsTransient)
            : new SubmissionOutcome.Ambiguous(new SubmissionTrace(clientRequestId, phase, fault.Message.TrimEnd('.')) { Cause = fault });

    private static SubmissionOutcome OfSuccess(ApiAnswer answer, string clientRequestId, string?[] secrets)
    {
        if (!IsOurs(answer, clientRequestId))
            return Ambiguous(answer, clientRequestId, secrets, "the answer names another submission than ours");
        try
        {
            using var document = answer.ParseJson();
            var generation = answer.Head.WithCost(GenerationReader.Read(document.RootElement));
            return ServerWords.IsId(generation.Id, secrets)
                ? new SubmissionOutcome.Accepted(generation.Without(secrets) with { ClientRequestId = clientRequestId })
                : Ambiguous(answer, clientRequestId, secrets, $"the answer ({(int)answer.Head.StatusCode}) has no {(generation.Id.Length > 0 ? "usable " : "")}id");
        }
        catch (JsonException e)
        {
            return Ambiguous(answer, clientRequestId, secrets, $"the answer ({(int)answer.Head.StatusCode}) cannot be understood", e);
        }
    }

    private static SubmissionOutcome.Ambiguous Ambiguous(
        ApiAnswer answer, string clientRequestId, string?[] secrets, string evidence, Exception? cause = null) =>
        new(new SubmissionTrace(clientRequestId, SubmissionPhase.Answered, evidence)
        {
            InferenceId = !IsOurs(answer, clientRequestId) ? null
                : ServerWords.IsId(answer.Head.InferenceId, secrets) ? answer.Head.InferenceId
                : TaskInBody(answer, secrets),
            Window = answer.Head.Date is { } date ? (date, ServerClockReach) : null,
            Cause = cause,
        });

    private static SubmissionOutcome.Refused Refused(ApiAnswer answer, bool mayRetry, string?[] secrets) =>
        new(ApiErrors.From(answer, secrets), mayRetry);

    // One that is not answers another submission, crossed by a proxy or a cache: what it names is not ours.
    private static bool IsOurs(ApiAnswer answer, string clientRequestId) => answer.Head.ClientRequestId is null || answer.Head.ClientRequestId == clientRequestId;

    // The id of a task that goes on or is done, in an answer that tells of an error: a service behind the one that answers may have accepted it.
    private static string? TaskInBody(ApiAnswer answer, string?[] secrets)
    {
        try
        {
            using var document = answer.ParseJson();
            var told = GenerationReader.Read(document.RootElement);
            return GenerationStatus.Known.Contains(told.Status) && !told.Status.IsFailed && ServerWords.IsId(told.Id, secrets) ? told.Id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The free tier's limit is counted by the day: waiting a minute cannot help.
    private static bool IsFreeTierLimit(ApiAnswer answer) => answer.Body.Span.IndexOf("Free-tier limit"u8) >= 0;
}
