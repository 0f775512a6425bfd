namespace Wan27.Sdk;

/// <summary>The wait reached its timeout. The generation is in progress and will be charged when it completes: resume with <see cref="WanException.GenerationId"/>.</summary>
public sealed class WanWaitTimeoutException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanWaitTimeoutException"/> class.</summary>
    /// <param name="generationId">The id of the generation.</param>
    /// <param name="lastStatus">Its last status that was read; null if none was.</param>
    /// <param name="timeout">The timeout.</param>
    /// <param name="innerException">The error of the last poll, if it failed.</param>
    public WanWaitTimeoutException(string generationId, GenerationStatus? lastStatus, TimeSpan timeout, Exception? innerException = null)
        : base($"The wait timed out after {timeout:c}; the generation is in progress.", innerException)
    {
        GenerationId = generationId;
        LastStatus = lastStatus;
        Timeout = timeout;
    }

    /// <summary>Gets the timeout.</summary>
    public TimeSpan Timeout { get; }
}
