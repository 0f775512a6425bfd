namespace Wan27.Sdk;

/// <summary>
/// No response arrived: the service could not be reached, or did not respond in time. If <see cref="IWanVideoClient.CreateAsync"/> throws it without a
/// <see cref="WanException.GenerationId"/>, no complete request was sent; otherwise <see cref="WanSubmissionUnknownException"/> is thrown instead.
/// </summary>
public sealed class WanConnectionException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanConnectionException"/> class.</summary>
    /// <param name="message">The message, without secrets.</param>
    /// <param name="innerException">The error of the transport.</param>
    public WanConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets a value indicating whether the service's certificate is not valid or it does not support TLS. Such an error is not retried.</summary>
    public bool IsTlsFailure { get; init; }

    /// <summary>Gets a value indicating whether there is no client to send with: it was disposed during the call, or the application's handlers cannot be created.</summary>
    internal bool IsUnusable { get; init; }

    internal override bool IsTransient => !IsTlsFailure && !IsUnusable;
}
