using System.Diagnostics;
using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Diagnostics;

/// <summary>The search for the generation of a submission whose response was lost.</summary>
internal sealed class ReconciliationTelemetry(ClientTelemetry client, string clientRequestId, SubmissionPhase phase, string evidence) : Operation<VideoGeneration?>
{
    protected override Activity? Begin()
    {
        client.Log.OutcomeUnclear(clientRequestId, phase, evidence);
        client.Instruments.Ambiguous.Add(1, new KeyValuePair<string, object?>(Attributes.Phase, phase.ToString()));
        return Spans.Begin(Spans.Reconcile, ClientTelemetry.Tags((Attributes.ClientRequestId, clientRequestId), (Attributes.Phase, phase.ToString())));
    }

    // Null if the outcome became known elsewhere.
    protected override void Succeeded(VideoGeneration? result)
    {
        if (result is not null)
            client.Log.OutcomeFound(clientRequestId, result.Id);
        Span?.SetTag(Attributes.GenerationId, result?.Id);
        Ended(Outcomes.Found);
    }

    protected override void Failed(Exception e)
    {
        if (e is WanSubmissionUnknownException)
            client.Log.OutcomeUnknown(clientRequestId);
        Ended(Outcomes.Of(e));
    }

    private void Ended(string outcome)
    {
        Span?.SetTag(Attributes.Outcome, outcome);
        client.Instruments.Reconciled.Add(1, new KeyValuePair<string, object?>(Attributes.Outcome, outcome));
    }
}
