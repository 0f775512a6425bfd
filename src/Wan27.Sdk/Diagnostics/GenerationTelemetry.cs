using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>The span of a generation, from the request to the video.</summary>
internal sealed class GenerationTelemetry(ClientTelemetry client, VideoGenerationRequest request) : Operation<VideoGeneration>
{
    protected override Activity? Begin()
    {
        if (!Spans.AreWanted)
            return null;
        var tags = client.Service(request.Model);
        tags.Add(Attributes.Operation, Attributes.GenerateContent);
        tags.Add(Attributes.OutputType, "video");
        return Spans.BeginGeneration(request.Model, tags);
    }

    protected override void Succeeded(VideoGeneration result) => Span?
        .SetTag(Attributes.GenerationId, result.Id)
        .SetTag(Attributes.ClientRequestId, result.ClientRequestId)
        .SetTag(Attributes.Status, result.Status.Value)
        .SetTag(Attributes.Cost, ClientTelemetry.Charged(result) is { } usd ? (double)usd : null);

    protected override void Failed(Exception e) => Span?
        .SetTag(Attributes.GenerationId, (e as WanException)?.GenerationId ?? (e as WanCanceledException)?.GenerationId)
        .SetTag(Attributes.ClientRequestId, (e as WanException)?.ClientRequestId ?? (e as WanCanceledException)?.ClientRequestId);
}
