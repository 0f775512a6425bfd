namespace Wan27.Sdk;

/// <summary>What became of one of several generations: a task, or the reason why there is none or none is known.</summary>
public sealed record GenerationOutcome
{
    /// <summary>Gets the position of the request in the sequence of requests, starting at 0.</summary>
    /// <value>The position; null for a submission that was read from the journal.</value>
    public int? Index { get; init; }

    /// <summary>The id under which it was or would have been submitted; null when it did not come so far.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>The task, if it was read, also a failed one; where reading ended with an <see cref="Error"/>, that bears the id of what exists.</summary>
    public VideoGeneration? Generation { get; init; }

    /// <summary>Why there is no video here; null when there is one, or when the task was found to go on.</summary>
    public Exception? Error { get; init; }

    /// <summary>Whether the video is ready.</summary>
    public bool IsSucceeded => Error is null && Generation is { Status.IsSucceeded: true };

    /// <summary>Whether a task may exist that could not be found; submitting again may buy a second video.</summary>
    public bool IsUnknown => Error is WanSubmissionUnknownException or WanCanceledException { MayHaveBeenSent: true, GenerationId: null };
}
