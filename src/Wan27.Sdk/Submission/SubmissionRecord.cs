namespace Wan27.Sdk;

/// <summary>One entry of a submission journal. It holds no key, no prompt and no media; of the request only a digest.</summary>
public sealed record SubmissionRecord
{
    /// <summary>The id under which the submission is sent; the key of the journal.</summary>
    public required string ClientRequestId { get; init; }

    /// <summary>A SHA-256 digest of the request with its media, by which a second use of the id for something else is found out.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The model that was asked.</summary>
    public required string Model { get; init; }

    /// <summary>What is known.</summary>
    public required SubmissionState State { get; init; }

    /// <summary>The task's id; null until it is known.</summary>
    public string? GenerationId { get; init; }

    /// <summary>When the entry was made, by the clock of the machine that made it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
