using System.Runtime.Serialization;
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

    /// <summary>Gets when the entry was made, by the clock of the machine that made it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Gets a value indicating whether a generation may exist that is not over.</summary>
    internal bool IsPending => State is SubmissionState.Intended or SubmissionState.Accepted;

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionRecord));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionRecord));
}
