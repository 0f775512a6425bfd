namespace Wan27.Sdk;

/// <summary>
/// The video could not be downloaded completely. The generation is complete and paid: download it again, do not submit it again. Or there is no video,
/// because the generation is in progress or failed; see <see cref="WanException.LastStatus"/>.
/// </summary>
public sealed class WanDownloadException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanDownloadException"/> class.</summary>
    /// <param name="message">The message, with no more of the file's address than host and path.</param>
    /// <param name="innerException">The error of the transport or of the file system.</param>
    public WanDownloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets a value indicating whether the generation has no video, so that another download cannot succeed.</summary>
    internal bool IsWithoutVideo { get; init; }

    /// <summary>Gets a value indicating whether another download fails in the same way, unless the caller changes something.</summary>
    internal bool IsFinal { get; init; }

    private protected override string? NextStep() => this switch
    {
        { GenerationId: null } or { IsWithoutVideo: true, LastStatus.IsFailed: true } => null,
        { IsWithoutVideo: true } => $"Wait for it with WaitAsync(\"{GenerationId}\").",
        { IsFinal: true } => $"Generation '{GenerationId}' is complete.",
        _ => $"Generation '{GenerationId}' is complete; download it again.",
    };
}
