using Polly;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Errors;
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
    private readonly JournalWriter journal;
    private readonly BudgetReservations spending;
    private readonly SubmissionQueue queue;
    private readonly Resumption resumption;
    private readonly bool skipValidation;
    private readonly ClientTelemetry telemetry;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline<SubmissionOutcome> attempts;

    public Submitter(
        ApiConnection connection,
        ApiReader reader,
        Reconciler reconciler,
        JournalWriter journal,
        BudgetReservations spending,
        SubmissionQueue queue,
        Resumption resumption,
        RetryBudget budget,
        bool skipValidation,
        ClientTelemetry telemetry,
        TimeProvider time,
        Random random)
    {
        this.skipValidation = skipValidation;
        this.telemetry = telemetry;
        this.journal = journal;
        this.spending = spending;
        this.queue = queue;
        this.resumption = resumption;
        this.connection = connection;
        this.reader = reader;
        this.reconciler = reconciler;
        this.time = time;
        attempts = RetryPipeline.Create<SubmissionOutcome>(
            MaxRetries,
            outcome => outcome.Result is SubmissionOutcome.Refused { MayRetry: true },
            outcome => (outcome.Result as SubmissionOutcome.Refused)?.Error.ServerDelay,
            (outcome, delay) => telemetry.Retrying("submission", (outcome.Result as SubmissionOutcome.Refused)?.Error, delay),
            budget,
            time,
            random);
    }

    /// <summary>Gets what is called when the service has just accepted a request, with the id of the generation.</summary>
    public required Action<string, VideoGenerationRequest> OnAccepted { get; init; }

    public Task<VideoGeneration> SubmitAsync(VideoGenerationRequest request, CancellationToken cancellationToken)
    {
        var clientRequestId = request.ClientRequestId ?? ClientRequestIdFormat.New(time);
        return telemetry.Submission(request, clientRequestId).RunAsync(() => PrepareAndSendAsync(request, clientRequestId, cancellationToken));
    }

    private async Task<VideoGeneration> PrepareAndSendAsync(VideoGenerationRequest request, string clientRequestId, CancellationToken cancellationToken)
    {
        try
        {
            using var media = await MediaSet.PrepareAsync(request.MediaSources, cancellationToken).ConfigureAwait(false);
            ThrowIfInvalid(request, media);
            var body = RequestFields.ToBody(request, media);
            var price = await spending.PriceAsync(request, cancellationToken).ConfigureAwait(false);
            var intent = await journal.IntendAsync(clientRequestId, request, body, price, cancellationToken).ConfigureAwait(false);
            var start = await queue.BeginAsync(clientRequestId, intent, cancellationToken).ConfigureAwait(false);
            while (!start.IsRecorded)
            {
                if (start.Known is null)
                    start = await queue.BeginAsync(clientRequestId, intent, cancellationToken).ConfigureAwait(false);
                else if (await resumption.ResumeAsync(start.Known, LookAgainAsync, request.Redactor, cancellationToken).ConfigureAwait(false) is { } resumed)
                    return resumed;
            }

            return await ReserveAndSendAsync(request, body, clientRequestId, price, cancellationToken).ConfigureAwait(false);

            async Task<SubmissionStart> LookAgainAsync(CancellationToken token) =>
                start = await journal.TryBeginAsync(intent!, queue.Limit, token).ConfigureAwait(false);
        }
        catch (WanException e)
        {
            e.AddContext(null, clientRequestId);
            throw;
        }
        catch (OperationCanceledException e) when (e is not WanCanceledException && cancellationToken.IsCancellationRequested)
        {
            throw WanCanceledException.OfSubmission(clientRequestId, null, mayHaveBeenSent: false, e, cancellationToken);
        }
    }

    private async Task<VideoGeneration> ReserveAndSendAsync(
        VideoGenerationRequest request, RequestBody body, string clientRequestId, GenerationCost price, CancellationToken cancellationToken)
    {
        spending.Reserve(clientRequestId, price);
        var isSettled = false;
        try
        {
            var outcome = await SendAsync(request, body, clientRequestId, cancellationToken).ConfigureAwait(false);
            if (outcome is SubmissionOutcome.Ambiguous { Trace.Refusal: { } refusal } unclear
                && await reconciler.IsConfirmedAsync(refusal, unclear.Trace, cancellationToken).ConfigureAwait(false))
                outcome = new SubmissionOutcome.Refused(refusal, MayRetry: false);
            isSettled = outcome is SubmissionOutcome.Refused or SubmissionOutcome.Canceled { Phase: SubmissionPhase.NotSent };
            if (outcome is SubmissionOutcome.Accepted { Generation: var accepted })
            {
                spending.Accepted(clientRequestId, accepted);
                OnAccepted(accepted.Id, request);
            }

            var generation = await SettleAsync(clientRequestId, outcome, cancellationToken).ConfigureAwait(false);
            reader.Accepted(generation.Id);
            await journal.AcceptedAsync(clientRequestId, generation, cancellationToken).ConfigureAwait(false);
            return generation.Status.IsFailed ? throw new WanGenerationFailedException(generation) : generation;
        }
        catch (Exception e) when (isSettled || e is WanValidationException { IsMediaFault: true })
        {
            spending.Released(clientRequestId);
            await journal.RefusedAsync(clientRequestId, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    // An id outside its alphabet would be dropped while the job is billed, so no switch lets it through.
    private void ThrowIfInvalid(VideoGenerationRequest request, MediaSet media)
    {
        var problems = request.Validate(media);
        if (skipValidation)
            problems = [.. problems.Where(problem => problem.Member == nameof(request.ClientRequestId))];
        if (problems.Count > 0)
            throw new WanValidationException(problems);
    }

    private async Task<SubmissionOutcome> SendAsync(
        VideoGenerationRequest request, RequestBody body, string clientRequestId, CancellationToken cancellationToken)
    {
        try
        {
            return await attempts.ExecuteAsync(
                async token => await SendOnceAsync(request, body, clientRequestId, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // In the pause between two attempts, the first of which was refused.
            return new SubmissionOutcome.Canceled(SubmissionPhase.NotSent, null);
        }
    }

    private async Task<SubmissionOutcome> SendOnceAsync(
        VideoGenerationRequest request, RequestBody body, string clientRequestId, CancellationToken cancellationToken)
    {
        using var result = await connection.PostAsync(body, clientRequestId, request.UploadProgress, cancellationToken).ConfigureAwait(false);
        var redactor = connection.RedactorOf(result.Response ?? default, request.Redactor);
        var classifier = new SubmissionClassifier(clientRequestId);
        return result switch
        {
            { Response: { } response } => classifier.OfResponse(response, result.IsBodySent, redactor),
            { Fault: WanException fault } => classifier.OfFault(fault, result.Phase),
            _ => new SubmissionOutcome.Canceled(result.Phase, redactor.IsId(result.Head?.InferenceId) ? result.Head.InferenceId : null),
        };
    }

    private async Task<VideoGeneration> SettleAsync(string clientRequestId, SubmissionOutcome outcome, CancellationToken cancellationToken) => outcome switch
    {
        SubmissionOutcome.Accepted accepted => accepted.Generation,
        SubmissionOutcome.Ambiguous ambiguous => await reconciler.FindAsync(ambiguous.Trace, cancellationToken).ConfigureAwait(false),
        SubmissionOutcome.Canceled canceled => throw WanCanceledException.OfSubmission(
            clientRequestId, canceled.GenerationId, canceled.Phase > SubmissionPhase.NotSent, null, cancellationToken),
        SubmissionOutcome.Refused refused => throw refused.Error,
        _ => throw new InvalidOperationException(),
    };
}
