using Wan27.Sdk.StressTests.FaultedSubmits;

namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>A journal in which each call is a suspension.</summary>
internal sealed class SuspendingJournal(Suspensions suspensions) : ISubmissionJournal
{
    public MemoryJournal Inner { get; } = new(new Random(27), faultRate: 0);

    public async ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default)
    {
        await suspensions.PassAsync("the journal's intent", cancellationToken);
        return await Inner.TryBeginAsync(intent, cancellationToken);
    }

    public async ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default)
    {
        await suspensions.PassAsync("the journal's entry", cancellationToken);
        await Inner.RecordAsync(record, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default)
    {
        await suspensions.PassAsync("the journal's list", cancellationToken);
        return await Inner.ReadPendingAsync(cancellationToken);
    }
}
