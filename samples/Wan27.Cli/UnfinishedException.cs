namespace Wan27.Cli;

/// <summary>A task was accepted and what comes after it is not done: it is there and paid for, and must not be bought again.</summary>
internal sealed class UnfinishedException(VideoGeneration generation, string message, Exception? reason = null) : Exception(message, reason)
{
    public VideoGeneration Generation => generation;

    /// <summary>Whether the video is saved, and only whoever waits for the result does not know it.</summary>
    public bool IsSaved { get; init; }
}
