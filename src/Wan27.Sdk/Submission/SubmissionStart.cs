namespace Wan27.Sdk;

/// <summary>Represents what a journal did with an intent. If it is neither recorded nor known, a limit does not allow it.</summary>
public sealed record SubmissionStart
{
    /// <summary>Gets a value indicating whether the intent was recorded, so that its sender may send it.</summary>
    public required bool IsRecorded { get; init; }

    /// <summary>Gets the latest record with the id, if it is not <see cref="SubmissionState.Refused"/>.</summary>
    /// <value>The record, and then nothing was written; null if there is none.</value>
    public SubmissionRecord? Known { get; init; }

    /// <summary>Gets what the journal contains, with the intent if it was recorded.</summary>
    public required SubmissionTotals Totals { get; init; }
}
