namespace Wan27.Sdk;

/// <summary>Specifies for how long the limit of a <see cref="SpendingBudget"/> holds.</summary>
public enum SpendingPeriod
{
    /// <summary>The limit is for everything that was ever submitted.</summary>
    Total,

    /// <summary>The limit is for what is submitted in a day, from midnight to midnight UTC.</summary>
    Day,

    /// <summary>The limit is for what is submitted in a calendar month in UTC.</summary>
    Month,
}
