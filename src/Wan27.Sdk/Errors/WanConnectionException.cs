namespace Wan27.Sdk;

/// <summary>
/// No answer came: the server could not be reached or fell silent. From <see cref="IWanVideoClient.CreateAsync"/>, without a
/// <see cref="WanException.GenerationId"/>, it means that no complete request left this machine; where one may have,
/// <see cref="WanSubmissionUnknownException"/> is thrown instead.
/// </summary>
public sealed class WanConnectionException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What could not be reached, and why.</param>
    /// <param name="innerException">The transport's own error.</param>
    public WanConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the reason was that the server's certificate does not hold or that it speaks no TLS; such a failure is not retried.</summary>
    public bool IsTlsFailure { get; init; }

    /// <summary>Whether there is no client to send with: it was disposed in the middle of the call, or the host's handlers cannot be made.</summary>
    internal bool IsUnusable { get; init; }

    internal override bool IsTransient => !IsTlsFailure && !IsUnusable;
}
