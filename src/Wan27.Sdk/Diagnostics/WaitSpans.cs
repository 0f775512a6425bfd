using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>The spans of a wait to which somebody listens: each poll is a child of the generation's span, or of the wait's own where there is none.</summary>
internal sealed class WaitSpans
{
    private readonly Activity? wait;
    private readonly ActivityContext parent;
    private Activity? poll;
    private bool isOver;

    public WaitSpans(ClientTelemetry client, string id)
    {
        Start = client.Known.Find(id);
        if (Spans.CurrentGeneration is { } generation)
        {
            parent = generation.Context;
            return;
        }

        // Started in the caller's flow, where it must not remain the current span.
        var current = Activity.Current;
        wait = Spans.BeginLater(Spans.Wait, client.Service(Start?.Model), Start?.Origin ?? default)?.SetTag(Attributes.GenerationId, id);
        parent = wait?.Context ?? default;
        Activity.Current = current;
    }

    /// <summary>What is known of the generation's beginning.</summary>
    public KnownGenerations.Known? Start { get; }

    public void BeginPoll(string id, int polls)
    {
        if (Spans.AreWanted)
            poll = Spans.Begin(Spans.Poll, ClientTelemetry.Tags((Attributes.GenerationId, id), (Attributes.Poll, polls)), parent);
    }

    public void EndPoll(GenerationStatus status)
    {
        poll?.SetTag(Attributes.Status, status.Value);
        EndPoll();
    }

    public void FailPoll(Exception e)
    {
        poll?.Fail(e);
        EndPoll();
    }

    public void Over(string outcome, GenerationStatus status, Exception? fault)
    {
        isOver = true;
        if (fault is not null)
        {
            poll?.Fail(fault);
            wait?.Fail(fault);
        }

        wait?.SetTag(Attributes.Outcome, outcome).SetTag(Attributes.Status, status == GenerationStatus.Unknown ? null : status.Value);
    }

    public void End()
    {
        EndPoll();
        if (!isOver)
            wait?.SetTag(Attributes.Outcome, Outcomes.Left);
        wait?.End();
    }

    private void EndPoll()
    {
        poll?.End();
        poll = null;
    }
}
