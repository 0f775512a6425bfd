namespace Wan27.Sdk.Storage;

/// <summary>A job in the database, until it is over. Times are UTC ticks; an owner of "" is none.</summary>
internal sealed class JobRow
{
    public string ClientRequestId { get; set; } = "";

    public string Account { get; set; } = "";

    public string Owner { get; set; } = "";

    public long DueAt { get; set; }

    /// <summary>Gets or sets whether it was handed over that the outcome is unknown: 0 or 1.</summary>
    public int IsUnknownHanded { get; set; }

    public int Failures { get; set; }

    public SubmissionJob ToJob() => new()
    {
        Owner = Owner.Length == 0 ? null : Owner,
        DueAt = new DateTimeOffset(DueAt, TimeSpan.Zero),
        IsUnknownHanded = IsUnknownHanded != 0,
        Failures = Failures,
    };
}
