namespace Wan27.Sdk;

/// <summary>The caller cancelled, and a paid task exists or may exist: here is the way back to it.</summary>
public sealed class WanCanceledException : OperationCanceledException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was being done, and whether a task may exist.</param>
    /// <param name="innerException">The cancellation as it reached us.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public WanCanceledException(string message, Exception? innerException, CancellationToken cancellationToken)
        : base(message, innerException, cancellationToken)
    {
    }

    /// <summary>Whether a submission may have reached the server; false means that it provably did not.</summary>
    public bool MayHaveBeenSent { get; init; }

    /// <summary>The accepted task; null when none is known. Resume with <see cref="IWanVideoClient.WaitAsync"/>.</summary>
    public string? GenerationId { get; init; }

    /// <summary>The id under which the submission was or would have been sent; null when the call was not a submission. Look it up with <see cref="IWanVideoClient.FindGenerationsAsync"/>.</summary>
    public string? ClientRequestId { get; init; }
}
