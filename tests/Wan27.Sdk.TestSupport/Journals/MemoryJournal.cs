namespace Wan27.Sdk.TestSupport;

/// <summary>A caller's journal in memory, whose calls a test can observe, change or let fail.</summary>
public class MemoryJournal : ISubmissionJournal
{
    private readonly Dictionary<string, SubmissionRecord> latest = [];

    /// <summary>Gets or sets the only entry, for a test that has one.</summary>
    public SubmissionRecord? Entry
    {
        get => latest.Values.SingleOrDefault();
        set => latest[value!.ClientRequestId] = value;
    }

    /// <summary>Gets what runs before an intent is looked at.</summary>
    public Action Begin { get; init; } = () => { };

    /// <summary>Gets what runs before a change is written.</summary>
    public Action Update { get; init; } = () => { };

    /// <summary>Gets what runs before entries are read.</summary>
    public Action Read { get; init; } = () => { };

    public virtual ValueTask<SubmissionStart> TryBeginAsync(
        SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        Begin();
        cancellationToken.ThrowIfCancellationRequested();
        var totals = Totals(intent.Budget, intent.Account, limits);
        if (latest.TryGetValue(intent.ClientRequestId, out var known) && known.State is not SubmissionState.Refused)
            return ValueTask.FromResult(new SubmissionStart { IsRecorded = false, Known = known, Totals = totals });
        var isAllowed = limits.FitsBudget(intent, totals) && limits.FitsInProgress(totals);
        if (isAllowed)
            latest[intent.ClientRequestId] = intent;
        return ValueTask.FromResult(new SubmissionStart { IsRecorded = isAllowed, Totals = Totals(intent.Budget, intent.Account, limits) });
    }

    public virtual ValueTask UpdateAsync(SubmissionChange change, CancellationToken cancellationToken = default)
    {
        Update();
        var known = change.ClientRequestId is { } id
            ? latest.GetValueOrDefault(id)
            : latest.Values.FirstOrDefault(record => record.GenerationId == change.GenerationId);
        if (known is not null && change.ApplyTo(known) is { } changed)
            latest[changed.ClientRequestId] = changed;
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default)
    {
        Read();
        return ValueTask.FromResult<IReadOnlyList<SubmissionRecord>>([.. latest.Values.Where(record => record.IsPending)]);
    }

    public ValueTask<SubmissionTotals> ReadTotalsAsync(
        string? budget, string? account, SubmissionLimits limits, CancellationToken cancellationToken = default)
    {
        Read();
        return ValueTask.FromResult(Totals(budget, account, limits));
    }

    private SubmissionTotals Totals(string? budget, string? account, SubmissionLimits limits)
    {
        var counted = latest.Values.Where(record => record.Budget == budget && (limits.PeriodStart is null || record.BudgetDay >= limits.PeriodStart)).ToList();
        return new SubmissionTotals
        {
            SpentUsd = counted.Where(record => record.State is not SubmissionState.Intended).Sum(record => record.BudgetUsd),
            ReservedUsd = counted.Where(record => record.State is SubmissionState.Intended).Sum(record => record.BudgetUsd),
            InProgress = latest.Values.Count(record => record.IsInProgress && record.Account == account && record.StartedAt >= limits.InProgressSince),
        };
    }
}
