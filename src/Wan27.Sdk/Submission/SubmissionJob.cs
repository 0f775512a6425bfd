using System.Runtime.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>Represents what is left to do for the application after a submission: to hand its outcome over.</summary>
public sealed record SubmissionJob
{
    /// <summary>Gets who works on it; null if no one does.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets the time from which on it can be claimed: when its owner's claim ends, or when it is tried again.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Gets a value indicating whether it was handed over that the outcome is unknown.</summary>
    public bool IsUnknownHanded { get; init; }

    /// <summary>Gets how often the application failed to take the outcome since it last took one.</summary>
    public int Failures { get; init; }

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionJob));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(SubmissionJob));
}
