namespace Wan27.Sdk;

/// <summary>Represents the outcome of one of several generations: the generation, or why there is none or none is known.</summary>
public sealed record GenerationOutcome
{
    /// <summary>Gets the position of the request in the sequence of requests, starting at 0.</summary>
    /// <value>The position; null for a submission that was read from the journal.</value>
    public int? Index { get; init; }

    /// <summary>Gets the id under which it was submitted.</summary>
    /// <value>The id; null if the request was not submitted.</value>
    public string? ClientRequestId { get; init; }

    /// <summary>Gets the generation, also a failed one.</summary>
    /// <value>The generation; null if it was not read, and then <see cref="Error"/> has its id if it exists.</value>
    public VideoGeneration? Generation { get; init; }

    /// <summary>Gets why there is no video.</summary>
    /// <value>The error; null if there is a video, or the generation is in progress.</value>
    public Exception? Error { get; init; }

    /// <summary>Gets a value indicating whether the video is ready.</summary>
    public bool IsSucceeded => Error is null && Generation is { Status.IsSucceeded: true };

    /// <summary>Gets a value indicating whether a generation may exist that was not found. Another submission may buy a second video.</summary>
    public bool IsUnknown => Error is WanSubmissionUnknownException or WanCanceledException { MayHaveBeenSent: true, GenerationId: null };
}
