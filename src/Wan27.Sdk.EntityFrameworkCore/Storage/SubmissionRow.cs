namespace Wan27.Sdk.Storage;

/// <summary>A submission in the database. Amounts are in millionths of a US dollar, rounded up; times are UTC ticks; a name of "" is that of the default.</summary>
internal sealed class SubmissionRow
{
    public string ClientRequestId { get; set; } = "";

    public string Fingerprint { get; set; } = "";

    public string Model { get; set; } = "";

    public int State { get; set; }

    public string? GenerationId { get; set; }

    public string Account { get; set; } = "";

    public string Budget { get; set; } = "";

    public long? EstimatedMicros { get; set; }

    public long? ActualMicros { get; set; }

    public long StartedAt { get; set; }

    public int Day { get; set; }

    public long RecordedAt { get; set; }

    /// <summary>Gets or sets which call recorded the intent, by which a call that is repeated knows its own.</summary>
    public string BeginId { get; set; } = "";

    /// <summary>Gets or sets whether the estimate is in the sums: 0 or 1.</summary>
    public int IsCounted { get; set; }

    public SubmissionRecord ToRecord() => new()
    {
        ClientRequestId = ClientRequestId,
        Fingerprint = Fingerprint,
        Model = Model,
        State = (SubmissionState)State,
        GenerationId = GenerationId,
        Account = Account.Length == 0 ? null : Account,
        Budget = Budget.Length == 0 ? null : Budget,
        EstimatedUsd = Amounts.ToUsd(EstimatedMicros),
        ActualUsd = Amounts.ToUsd(ActualMicros),
        StartedAt = new DateTimeOffset(StartedAt, TimeSpan.Zero),
        RecordedAt = new DateTimeOffset(RecordedAt, TimeSpan.Zero),
    };
}
