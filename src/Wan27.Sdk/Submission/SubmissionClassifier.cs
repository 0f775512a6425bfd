using System.Text.Json;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Submission;

/// <summary>
/// The decision on which money hangs: what an attempt at the paid request means. A new request is allowed only if a generation provably does
/// not exist; whatever is not listed as a refusal is ambiguous.
/// </summary>
/// <param name="clientRequestId">The id under which the request was sent.</param>
internal sealed class SubmissionClassifier(string clientRequestId)
{
    /// <summary>The service's log and its web server agree on the time at least this well.</summary>
    private static readonly TimeSpan ServerClockReach = TimeSpan.FromMinutes(10);

    /// <param name="response">The response, or what arrived of it.</param>
    /// <param name="isBodySent">Whether the service may have the complete body.</param>
    /// <param name="redactor">Knows what must not be repeated from the response.</param>
    public SubmissionOutcome OfResponse(ApiResponse response, bool isBodySent, Redactor redactor)
    {
        var status = (int)response.Head.StatusCode;
        var named = redactor.IsId(response.Head.InferenceId) ? response.Head.InferenceId : null;
        var body = Read(response, out var fault);
        // A response that names another submission was mixed up by a proxy or a cache: even its refusal belongs to the other one.
        if (IsOther(response.Head.ClientRequestId))
            return Ambiguous(response, redactor, null, "the response names another submission");
        if (IsOther(body?.ClientRequestId))
            return Ambiguous(response, redactor, named, "the body of the response names another submission");
        if (status is >= 200 and < 300)
            return OfSuccess(response, redactor, named, body, fault);
        if (isBodySent && !IsRefusal(status))
            return Ambiguous(response, redactor, named ?? RunningId(body, redactor), $"the service responded {status}");
        if (RunningId(body, redactor) is { } running)
            return Ambiguous(response, redactor, named ?? running, $"the service responded {status} and names a generation");
        var refusal = ApiErrors.From(response, redactor);
        if (named is null)
            return new SubmissionOutcome.Refused(refusal, MayRetry: (status == 429 && !IsFreeTierLimit(response)) || status >= 500);
        // Too many requests may have been accepted before: only the search decides. Any other refusal is valid if the service does not know the generation.
        var unclear = Ambiguous(response, redactor, named, $"the service responded {status} and names generation '{named}'");
        return status == 429 ? unclear : unclear with { Trace = unclear.Trace with { Refusal = refusal } };
    }

    /// <param name="fault">Why no response arrived.</param>
    /// <param name="phase">How far the attempt got.</param>
    public SubmissionOutcome OfFault(WanException fault, SubmissionPhase phase) =>
        phase is SubmissionPhase.NotSent
            ? new SubmissionOutcome.Refused(fault, MayRetry: fault.IsTransient)
            : new SubmissionOutcome.Ambiguous(new SubmissionTrace(
                clientRequestId, phase, $"{fault.Message.TrimEnd('.')}, after the request was sent completely")
            {
                Cause = fault,
            });

    private SubmissionOutcome OfSuccess(ApiResponse response, Redactor redactor, string? named, VideoGeneration? body, JsonException? fault)
    {
        var status = (int)response.Head.StatusCode;
        if (body is null)
            return Ambiguous(response, redactor, named, $"the response ({status}) cannot be read", fault);
        if (!redactor.IsId(body.Id))
            return Ambiguous(response, redactor, named, $"the response ({status}) has no {(body.Id.Length > 0 ? "usable " : "")}id");
        if (named is not null && named != body.Id)
            return Ambiguous(response, redactor, named, $"the response ({status}) names two generations");
        return new SubmissionOutcome.Accepted(response.Head.WithCost(body).Redacted(redactor) with
        {
            ClientRequestId = clientRequestId,
            RequestId = redactor.IsToken(response.Head.RequestId) ? response.Head.RequestId : null,
        });
    }

    private SubmissionOutcome.Ambiguous Ambiguous(ApiResponse response, Redactor redactor, string? generationId, string evidence, Exception? cause = null) =>
        new(new SubmissionTrace(clientRequestId, SubmissionPhase.Answered, evidence)
        {
            InferenceId = generationId,
            Window = response.Head.Date is { } date ? (date, ServerClockReach) : null,
            Redactor = redactor,
            Cause = cause,
        });

    private bool IsOther(string? id) => id is not null && id != clientRequestId;

    private static bool IsRefusal(int status) =>
        status is (>= 300 and < 400) or 400 or 401 or 402 or 403 or 404 or 405 or 413 or 415 or 422 or 429;

    // The id of a generation that is running or done, in a response that reports an error: a service behind the one that responds may have accepted it.
    private static string? RunningId(VideoGeneration? body, Redactor redactor) =>
        body is not null && GenerationStatus.Known.Contains(body.Status) && !body.Status.IsFailed && redactor.IsId(body.Id) ? body.Id : null;

    private static VideoGeneration? Read(ApiResponse response, out JsonException? fault)
    {
        fault = null;
        try
        {
            using var document = response.ParseJson();
            return GenerationReader.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            fault = e;
            return null;
        }
    }

    // The free tier's limit is counted by the day: waiting a minute cannot help.
    private static bool IsFreeTierLimit(ApiResponse response) => response.Body.Span.IndexOf("Free-tier limit"u8) >= 0;
}
