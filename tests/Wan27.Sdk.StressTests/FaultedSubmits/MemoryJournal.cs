namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>A caller's journal in memory in which some writes fail.</summary>
internal sealed class MemoryJournal(Random random, double faultRate) : ISubmissionJournal
{
    private readonly Dictionary<string, SubmissionRecord> latest = [];

    public ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default)
    {
        Fail();
        if (latest.TryGetValue(intent.ClientRequestId, out var known) && known.State is not SubmissionState.Refused)
            return ValueTask.FromResult<SubmissionRecord?>(known);
        latest[intent.ClientRequestId] = intent;
        return ValueTask.FromResult<SubmissionRecord?>(null);
    }

    public ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default)
    {
        Fail();
        latest[record.ClientRequestId] = record;
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default)
    {
        Fail();
        return ValueTask.FromResult<IReadOnlyList<SubmissionRecord>>(
            [.. latest.Values.Where(record => record.State is SubmissionState.Intended or SubmissionState.Accepted)]);
    }

    private void Fail()
    {
        if (random.NextDouble() < faultRate)
            throw new IOException("The database is away.");
    }
}
