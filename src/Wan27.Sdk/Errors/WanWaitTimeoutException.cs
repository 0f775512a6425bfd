namespace Wan27.Sdk;

/// <summary>We stopped waiting. The generation is still running and will be charged if it completes: resume with <see cref="WanException.GenerationId"/>.</summary>
public sealed class WanWaitTimeoutException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="generationId">The task that is still running.</param>
    /// <param name="lastStatus">Its status when last read; null when it never could be.</param>
    /// <param name="timeout">How long was waited.</param>
    /// <param name="innerException">The last poll's error, if the last poll failed.</param>
    public WanWaitTimeoutException(string generationId, GenerationStatus? lastStatus, TimeSpan timeout, Exception? innerException = null)
        : base($"Waiting stopped after {timeout:c}; the generation is still running.", innerException)
    {
        GenerationId = generationId;
        LastStatus = lastStatus;
        Timeout = timeout;
    }

    /// <summary>How long was waited.</summary>
    public TimeSpan Timeout { get; }
}
