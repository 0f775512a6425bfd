using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>A submission: from the request to the accepted generation, with all attempts and searches.</summary>
internal sealed class SubmissionTelemetry(ClientTelemetry client, VideoGenerationRequest request, string clientRequestId) : Operation<VideoGeneration>
{
    private readonly long began = client.Time.GetTimestamp();
    private Activity? generation;

    private KnownGenerations.Known Start => new(request.Model, began, (generation ?? Span)?.Context ?? default);

    protected override Activity? Begin()
    {
        client.Log.Submitting(clientRequestId, request.Model);
        if (client.LogsContent)
            client.Log.SubmissionContent(clientRequestId, request.Prompt, request.NegativePrompt);
        generation = Spans.CurrentGeneration;
        return Spans.AreWanted ? Spans.Begin(Spans.Submit, client.Service(request.Model))?.SetTag(Attributes.ClientRequestId, clientRequestId) : null;
    }

    protected override void Succeeded(VideoGeneration result)
    {
        client.Log.Submitted(clientRequestId, result.Id, result.Status.Value);
        Span?.SetTag(Attributes.GenerationId, result.Id);
        if (client.IsListenedTo)
            client.Known.Add(result.Id, Start);
    }

    protected override void Failed(Exception e)
    {
        if (e is WanGenerationFailedException failed)
            client.Log.GenerationFailed(failed.Generation.Id, failed.Generation.Status.Value);
        else if (e is OperationCanceledException)
            client.Log.SubmissionCanceled(clientRequestId, (e as WanCanceledException)?.MayHaveBeenSent ?? true);
        else
            client.Log.SubmissionFailed(clientRequestId, Reasons.TypeOf(e), Reasons.Of(e));
        Span?.SetTag(Attributes.GenerationId, (e as WanException)?.GenerationId);
        client.Ended(Outcomes.OfSubmission(e), Start, (e as WanGenerationFailedException)?.Generation, e);
    }
}
