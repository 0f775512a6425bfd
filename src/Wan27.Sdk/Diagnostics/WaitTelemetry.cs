namespace Wan27.Sdk.Diagnostics;

/// <summary>A wait: its polls, and how it ended. It holds nothing that the wait itself knows, as there may be ten thousand of them.</summary>
internal readonly struct WaitTelemetry
{
    private readonly ClientTelemetry client;
    private readonly WaitSpans? spans;

    public WaitTelemetry(ClientTelemetry client, string id)
    {
        this.client = client;
        client.Log.Waiting(id);
        spans = client.IsListenedTo ? new WaitSpans(client, id) : null;
    }

    public void Polling(string id, int polls) => spans?.BeginPoll(id, polls);

    public void Polled(string id, int polls, GenerationStatus status, bool isNew)
    {
        client.Instruments.Polls.Add(1);
        client.Log.Polled(polls, id, status.Value);
        if (isNew)
            client.Log.StatusChanged(id, status.Value);
        spans?.EndPoll(status);
    }

    public void PollFailed(string id, int polls, Exception e)
    {
        if (client.Instruments.Polls.Enabled)
            client.Instruments.Polls.Add(1, new KeyValuePair<string, object?>(Attributes.ErrorType, Reasons.ErrorType(e)));
        client.Log.PollFailed(polls, id, Reasons.TypeOf(e), Reasons.Of(e));
        spans?.FailPoll(e);
    }

    public void Completed(string id, int polls, TimeSpan elapsed, VideoGeneration generation)
    {
        client.Log.GenerationCompleted(id, polls, elapsed.TotalSeconds, ClientTelemetry.Charged(generation));
        Over(Outcomes.Completed, generation.Status, generation, null);
    }

    /// <summary>Reports the exception that ends the wait.</summary>
    public void Over(string id, int polls, GenerationStatus status, Exception e)
    {
        var failed = (e as WanGenerationFailedException)?.Generation;
        if (failed is not null)
            client.Log.GenerationFailed(id, failed.Status.Value);
        else if (e is OperationCanceledException)
            client.Log.WaitCanceled(id, polls);
        else
            client.Log.WaitGivenUp(id, polls, Reasons.TypeOf(e), Reasons.Of(e));
        Over(Outcomes.Of(e), status, failed, e);
    }

    /// <summary>Ends the span. A wait without a reported end was left by its caller.</summary>
    public void End() => spans?.End();

    private void Over(string outcome, GenerationStatus status, VideoGeneration? generation, Exception? fault)
    {
        spans?.Over(outcome, status, fault);
        client.Ended(outcome, spans?.Start, generation, fault);
    }
}
