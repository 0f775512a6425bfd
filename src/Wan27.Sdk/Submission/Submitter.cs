using Polly;
using Wan27.Sdk.Media;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Submission;

/// <summary>
/// The paid request. At most one complete body leaves for each submission: it is sent again only after an attempt of which nothing was sent or
/// which the service turned away, and an outcome that is unclear is looked for instead.
/// </summary>
internal sealed class Submitter
{
    private const int MaxRetries = 2;

    private readonly ApiConnection connection;
    private readonly ApiReader reader;
    private readonly Reconciler reconciler;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline<SubmissionOutcome> attempts;

    public Submitter(ApiConnection connection, ApiReader reader, Reconciler reconciler, RetryBudget budget, TimeProvider time)
    {
        this.connection = connection;
        this.reader = reader;
        this.reconciler = reconciler;
        this.time = time;
        attempts = Backoff.Pipeline<SubmissionOutcome>(
            MaxRetries,
            outcome => outcome.Result is SubmissionOutcome.Refused { MayRetry: true },
            outcome => (outcome.Result as SubmissionOutcome.Refused)?.Error.ServerDelay,
            budget,
            time);
    }

    public async Task<VideoGeneration> SubmitAsync(VideoGenerationRequest request, CancellationToken cancellationToken)
    {
        var clientRequestId = request.ClientRequestId ?? ClientRequestId.New(time);
        try
        {
            using var media = await OpenMedia.PrepareAsync(request.MediaSources, cancellationToken).ConfigureAwait(false);
            ThrowIfInvalid(request, media);
            var body = RequestFields.ToBody(request, media);
            var outcome = await SendAsync(request, body, clientRequestId, cancellationToken).ConfigureAwait(false);
            return await SettleAsync(outcome, cancellationToken).ConfigureAwait(false);
        }
        catch (WanException e)
        {
            e.ClientRequestId ??= clientRequestId;
            throw;
        }
    }

    // An id outside its alphabet would be dropped while the job is billed, so no switch lets it through.
    private static void ThrowIfInvalid(VideoGenerationRequest request, OpenMedia media)
    {
        var problems = request.Validate(media);
        if (request.SkipValidation)
            problems = [.. problems.Where(problem => problem.Member == nameof(request.ClientRequestId))];
        if (problems.Count > 0)
            throw new WanValidationException(problems);
    }

    private async Task<SubmissionOutcome> SendAsync(
        VideoGenerationRequest request, RequestBody body, string clientRequestId, CancellationToken cancellationToken)
    {
        WireAttempt? latest = null;
        try
        {
            return await attempts.ExecuteAsync(
                async token => await SendOnceAsync(request, body, clientRequestId, attempt => latest = attempt, token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw Canceled(clientRequestId, latest, e, cancellationToken);
        }
    }

    private async Task<SubmissionOutcome> SendOnceAsync(
        VideoGenerationRequest request, RequestBody body, string clientRequestId, Action<WireAttempt> begun, CancellationToken cancellationToken)
    {
        WireAttempt? current = null;
        try
        {
            var answer = await connection.PostAsync(
                body,
                clientRequestId,
                attempt => begun(current = attempt),
                cancellationToken).ConfigureAwait(false);
            return SubmissionClassifier.OfAnswer(answer, clientRequestId, connection.Key, request.Prompt, request.NegativePrompt);
        }
        catch (WanConnectionException e)
        {
            return SubmissionClassifier.OfFault(e, current!.Phase, clientRequestId);
        }
    }

    private async Task<VideoGeneration> SettleAsync(SubmissionOutcome outcome, CancellationToken cancellationToken)
    {
        var generation = outcome switch
        {
            SubmissionOutcome.Accepted accepted => accepted.Generation,
            SubmissionOutcome.Refused refused => throw refused.Error,
            SubmissionOutcome.Ambiguous ambiguous => await reconciler.FindAsync(ambiguous.Trace, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException(),
        };
        reader.Accepted(generation.Id);
        return generation.Status.IsFailed ? throw new WanGenerationFailedException(generation) : generation;
    }

    private static WanCanceledException Canceled(
        string clientRequestId, WireAttempt? latest, OperationCanceledException e, CancellationToken cancellationToken)
    {
        var mayHaveBeenSent = latest is not null && latest.Phase > SubmissionPhase.NotSent;
        return new WanCanceledException(
            mayHaveBeenSent
                ? $"Cancelled while submission '{clientRequestId}' was being sent; a task may exist. Look for it with RecoverAsync(\"{clientRequestId}\")."
                : $"Cancelled before submission '{clientRequestId}' was sent; no task exists.",
            e,
            cancellationToken)
        {
            ClientRequestId = clientRequestId,
            GenerationId = latest?.Head is { IsSuccess: true } head ? head.InferenceId : null,
            MayHaveBeenSent = mayHaveBeenSent,
        };
    }
}
