namespace Wan27.Cli;

/// <summary>A generation was accepted and is not complete or not saved. It exists and is paid for, and must not be bought again.</summary>
internal sealed class UnfinishedException(VideoGeneration generation, string message, Exception? reason = null) : Exception(message, reason)
{
    public VideoGeneration Generation => generation;

    /// <summary>Gets a value indicating whether the video is saved and only the result could not be written.</summary>
    public bool IsSaved { get; init; }

    /// <summary>Gets the file in which the video can be saved; null for the one of the command line.</summary>
    public string? File { get; init; }
}
