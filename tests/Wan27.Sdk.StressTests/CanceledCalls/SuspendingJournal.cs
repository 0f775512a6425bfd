namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>A journal in which each call is a suspension.</summary>
internal sealed class SuspendingJournal(Suspensions suspensions) : MemoryJournal
{
    /// <summary>Whether the client knows of earlier submissions.</summary>
    public bool HasResponded { get; private set; }

    public override async ValueTask<SubmissionStart> TryBeginAsync(
        SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        await suspensions.PassAsync("the journal's intent", cancellationToken);
        var start = await base.TryBeginAsync(intent, limits, cancellationToken);
        HasResponded = true;
        return start;
    }

    public override async ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default)
    {
        await suspensions.PassAsync("the journal's entry", cancellationToken);
        await base.UpdateAsync(change, cancellationToken);
    }

    public override async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default)
    {
        await suspensions.PassAsync("the journal's list", cancellationToken);
        return await base.ReadPendingAsync(cancellationToken);
    }
}
