namespace Wan27.Sdk;

/// <summary>
/// The account had as many generations in progress as <see cref="WanVideoClientOptions.MaxInProgress"/> allows, until
/// <see cref="WanVideoClientOptions.QueueTimeout"/> was over. Nothing was sent; the same request can be submitted later.
/// </summary>
public sealed class WanQueueTimeoutException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanQueueTimeoutException"/> class.</summary>
    /// <param name="maxInProgress">How many may be in progress.</param>
    /// <param name="timeout">The timeout.</param>
    /// <param name="innerException">The cause.</param>
    public WanQueueTimeoutException(int maxInProgress, TimeSpan timeout, Exception? innerException = null)
        : base(
            FormattableString.Invariant($"The request was not sent: {maxInProgress} generations of the account are in progress, the most that ")
            + $"{nameof(WanVideoClientOptions.MaxInProgress)} allows, and none ended within {timeout:c}. Submit it again later.",
            innerException)
    {
        MaxInProgress = maxInProgress;
        Timeout = timeout;
    }

    /// <summary>Gets how many generations of the account may be in progress.</summary>
    public int MaxInProgress { get; }

    /// <summary>Gets how long the submission waited.</summary>
    public TimeSpan Timeout { get; }
}
