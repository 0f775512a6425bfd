namespace Wan27.Sdk;

/// <summary>
/// The video could not be fetched whole: the generation is finished and paid, so download it again and never submit it again. Or there is no video
/// yet: wait for it; or none at all, as <see cref="WanException.LastStatus"/> tells.
/// </summary>
public sealed class WanDownloadException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected and what came; the file's address as host and path only.</param>
    /// <param name="innerException">The transport's or the file system's own error.</param>
    public WanDownloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the generation has no video to fetch, so that to try again is of no use.</summary>
    internal bool IsWithoutVideo { get; init; }

    private protected override string? WayBack() => this switch
    {
        { GenerationId: null } or { IsWithoutVideo: true, LastStatus.IsFailed: true } => null,
        { IsWithoutVideo: true } => $"Wait for it with WaitAsync(\"{GenerationId}\").",
        _ => $"Generation '{GenerationId}' is complete; download it again.",
    };
}
