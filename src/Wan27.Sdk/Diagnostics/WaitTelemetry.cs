using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>A wait: its polls, and how it ended. Each poll is a child of the generation's span, or of the wait's own where there is none.</summary>
internal sealed class WaitTelemetry : IDisposable
{
    private readonly ClientTelemetry client;
    private readonly string id;
    private readonly long began;
    private readonly KnownGenerations.Known? begun;
    private readonly Activity? span;
    private readonly ActivityContext parent;
    private Activity? poll;
    private string? status;
    private int polls;
    private bool isOver;

    public WaitTelemetry(ClientTelemetry client, VideoGeneration accepted)
    {
        (this.client, id, began) = (client, accepted.Id, client.Time.GetTimestamp());
        client.Log.Waiting(id);
        if (!client.IsListenedTo)
            return;
        begun = client.Known.Find(id);
        if (Spans.CurrentGeneration is { } generation)
        {
            parent = generation.Context;
            return;
        }

        span = Spans.BeginLater(Spans.Wait, client.Service(begun?.Model), begun?.Origin ?? default)?.SetTag(Attributes.GenerationId, id);
        parent = span?.Context ?? default;
    }

    public void Polling()
    {
        polls++;
        if (Spans.AreWanted)
            poll = Spans.Begin(Spans.Poll, ClientTelemetry.Tags((Attributes.GenerationId, id), (Attributes.Poll, polls)), parent);
    }

    public void Polled(VideoGeneration generation)
    {
        client.Instruments.Polls.Add(1);
        client.Log.Polled(polls, id, generation.Status.Value);
        if (status != generation.Status.Value)
            client.Log.StatusChanged(id, status = generation.Status.Value);
        poll?.SetTag(Attributes.Status, status);
        EndPoll();
    }

    public void PollFailed(Exception e)
    {
        if (client.Instruments.Polls.Enabled)
            client.Instruments.Polls.Add(1, new KeyValuePair<string, object?>(Attributes.ErrorType, Reasons.TypeOf(e)));
        client.Log.PollFailed(polls, id, Reasons.TypeOf(e), Reasons.Of(e));
        poll?.Fail(e);
        EndPoll();
    }

    public void Completed(VideoGeneration generation)
    {
        client.Log.GenerationCompleted(id, polls, client.Time.GetElapsedTime(began).TotalSeconds, ClientTelemetry.Charged(generation));
        Over(Outcomes.Completed, generation, null);
    }

    /// <summary>Tells of the exception that ends the wait, and gives it back to be thrown.</summary>
    public TException Over<TException>(TException e)
        where TException : Exception
    {
        if (isOver)
            return e;
        var failed = (e as WanGenerationFailedException)?.Generation;
        if (failed is not null)
            client.Log.GenerationFailed(id, failed.Status.Value);
        else if (e is OperationCanceledException)
            client.Log.WaitCanceled(id, polls);
        else
            client.Log.WaitGivenUp(id, polls, Reasons.TypeOf(e), Reasons.Of(e));
        poll?.Fail(e);
        span?.Fail(e);
        Over(Outcomes.Of(e), failed, e);
        return e;
    }

    /// <summary>Ends the span; a wait of which no end was told was left by its caller.</summary>
    public void Dispose()
    {
        EndPoll();
        if (!isOver)
            span?.SetTag(Attributes.Outcome, Outcomes.Left);
        span?.End();
    }

    private void Over(string outcome, VideoGeneration? generation, Exception? fault)
    {
        isOver = true;
        span?.SetTag(Attributes.Outcome, outcome).SetTag(Attributes.Status, status);
        client.Ended(id, outcome, begun, generation, fault);
    }

    private void EndPoll()
    {
        poll?.End();
        poll = null;
    }
}
