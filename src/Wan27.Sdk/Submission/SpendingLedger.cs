namespace Wan27.Sdk.Submission;

/// <summary>Adds up what submissions count in their budgets, by UTC day. It is not thread-safe.</summary>
internal sealed class SpendingLedger
{
    private readonly Dictionary<Key, (decimal Spent, decimal Reserved)> days = [];

    /// <summary>The amounts of each budget and day.</summary>
    public IEnumerable<SpendingDay> Days => days.Select(day => new SpendingDay
    {
        Budget = day.Key.Budget,
        Day = day.Key.Day,
        SpentUsd = day.Value.Spent,
        ReservedUsd = day.Value.Reserved,
    });

    public void Clear() => days.Clear();

    /// <summary>Counts a record in place of the previous one with its id.</summary>
    /// <param name="before">The previous record; null if there is none.</param>
    /// <param name="after">The record; null if it is gone.</param>
    public void Replace(SubmissionRecord? before, SubmissionRecord? after)
    {
        if (before is not null && after is not null && IsSame(before, after))
            return;
        Add(before, -1);
        Add(after, 1);
    }

    public void Add(SpendingDay amount) => Add(new Key(amount.Budget, amount.Day), amount.SpentUsd, amount.ReservedUsd);

    /// <summary>Returns the sums of a budget from a day on.</summary>
    public (decimal SpentUsd, decimal ReservedUsd) Sum(string? budget, DateOnly? from)
    {
        var (spent, reserved) = (0m, 0m);
        foreach (var (key, amount) in days)
        {
            if (key.Budget == budget && (from is null || key.Day >= from))
                (spent, reserved) = (spent + amount.Spent, reserved + amount.Reserved);
        }

        return (spent, reserved);
    }

    private void Add(SubmissionRecord? record, int sign)
    {
        if (record is not { BudgetUsd: > 0 and var usd })
            return;
        var key = new Key(record.Budget, record.BudgetDay);
        if (record.State is SubmissionState.Intended)
            Add(key, 0, sign * usd);
        else
            Add(key, sign * usd, 0);
    }

    private static bool IsSame(SubmissionRecord before, SubmissionRecord after) =>
        before.BudgetUsd == after.BudgetUsd && before.BudgetDay == after.BudgetDay && before.Budget == after.Budget
        && before.State is SubmissionState.Intended == after.State is SubmissionState.Intended;

    private void Add(Key key, decimal spent, decimal reserved)
    {
        var sum = days.GetValueOrDefault(key);
        sum = (sum.Spent + spent, sum.Reserved + reserved);
        if (sum is (0, 0))
            days.Remove(key);
        else
            days[key] = sum;
    }

    private readonly record struct Key(string? Budget, DateOnly Day);
}
