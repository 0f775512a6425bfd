using System.Runtime.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>Represents what became known of a submission, which a journal writes into its record.</summary>
public sealed record SubmissionChange
{
    /// <summary>Gets the id of the submission whose record changes.</summary>
    /// <value>The id; null to change the record whose <see cref="SubmissionRecord.GenerationId"/> is <see cref="GenerationId"/>.</value>
    public string? ClientRequestId { get; init; }

    /// <summary>Gets the id of the generation.</summary>
    /// <value>The id; null if it is not known.</value>
    public string? GenerationId { get; init; }

    /// <summary>Gets the account whose records may be changed; null for the default account.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the new state. A record only advances, and becomes <see cref="SubmissionState.Refused"/> only from <see cref="SubmissionState.Intended"/>.</summary>
    public required SubmissionState State { get; init; }

    /// <summary>Gets what the service charged in US dollars.</summary>
    /// <value>0 or more; null if it is not known. An amount that the record has is not replaced.</value>
    public decimal? ActualUsd { get; init; }

    /// <summary>Gets when it became known.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Returns the record after the change.</summary>
    /// <param name="record">The latest record of the submission.</param>
    /// <returns>The new record; null if nothing changes, and then nothing is written.</returns>
    public SubmissionRecord? ApplyTo(SubmissionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Account != Account || record.State is SubmissionState.Refused)
            return null;
        var changed = record with
        {
            State = Advances(record.State) ? State : record.State,
            GenerationId = record.GenerationId ?? GenerationId,
            ActualUsd = record.ActualUsd ?? ActualUsd,
        };
        return changed == record ? null : changed with { RecordedAt = RecordedAt };
    }

    private bool Advances(SubmissionState from) =>
        State is SubmissionState.Refused ? from is SubmissionState.Intended : State > from;

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionChange));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionChange));
}
