namespace Wan27.Sdk;

/// <summary>The video could not be fetched whole. The generation is finished and paid: download it again, never submit it again.</summary>
public sealed class WanDownloadException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected and what came; the file's address as host and path only.</param>
    /// <param name="innerException">The transport's or the file system's own error.</param>
    public WanDownloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    private protected override string? WayBack() =>
        GenerationId is null ? null : $"Generation '{GenerationId}' is complete; download it again.";
}
