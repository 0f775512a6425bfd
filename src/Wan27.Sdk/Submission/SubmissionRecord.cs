using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>Represents one entry of a submission journal. It contains no key, no prompt and no media; of the request only a digest.</summary>
public sealed record SubmissionRecord
{
    /// <summary>Gets the id under which the submission is sent; the key of the journal.</summary>
    public required string ClientRequestId { get; init; }

    /// <summary>Gets a SHA-256 digest of the request with its media, which shows when the id is used for another request.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the model that was requested.</summary>
    public required string Model { get; init; }

    /// <summary>Gets what is known of the submission.</summary>
    public required SubmissionState State { get; init; }

    /// <summary>Gets the generation's id; null until it is known.</summary>
    public string? GenerationId { get; init; }

    /// <summary>Gets the account of the client that submits (<see cref="WanVideoClientOptions.Account"/>); null for the default account.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the name of the budget in which the submission counts (<see cref="SpendingBudget.Name"/>); null for the default budget.</summary>
    public string? Budget { get; init; }

    /// <summary>Gets the estimated price in US dollars.</summary>
    /// <value>0 or more; null if the client that started it has no budget, or the price is unknown.</value>
    public decimal? EstimatedUsd { get; init; }

    /// <summary>Gets what the service charged in US dollars.</summary>
    /// <value>0 or more, and 0 for a failed generation; null until it is known.</value>
    public decimal? ActualUsd { get; init; }

    /// <summary>Gets when the submission was started, by the clock of the machine that started it. Its UTC day is the one in which it counts in a budget.</summary>
    /// <value>The time; null in an entry of a version before 0.2, and then <see cref="RecordedAt"/> counts.</value>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when the entry was made, by the clock of the machine that made it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Gets what is left to do for the application; see <see cref="WanVideoClientOptions.CreatesJobs"/>.</summary>
    /// <value>The job; null if there is none.</value>
    public SubmissionJob? Job { get; init; }

    /// <summary>Gets what the submission counts in its budget, in US dollars: the actual price, otherwise the estimate; 0 if no generation exists.</summary>
    [JsonIgnore]
    public decimal BudgetUsd => State is SubmissionState.Refused ? 0 : ActualUsd ?? EstimatedUsd ?? 0;

    /// <summary>Gets a value indicating whether the submission needs something more: <see cref="IWanVideoClient.FindPendingAsync"/> returns it.</summary>
    [JsonIgnore]
    public bool IsPending => State is SubmissionState.Intended or SubmissionState.Accepted or SubmissionState.Completed;

    /// <summary>Gets a value indicating whether the service may be generating: it counts in <see cref="SubmissionTotals.InProgress"/>.</summary>
    [JsonIgnore]
    public bool IsInProgress => State is SubmissionState.Intended or SubmissionState.Accepted;

    /// <summary>Gets the UTC day in which the submission counts in a budget.</summary>
    [JsonIgnore]
    public DateOnly BudgetDay => DateOnly.FromDateTime((StartedAt ?? RecordedAt).UtcDateTime);

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionRecord));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionRecord));
}
