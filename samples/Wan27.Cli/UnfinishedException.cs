namespace Wan27.Cli;

/// <summary>A task was accepted and what comes after it is not done: it is there and paid for, and must not be bought again.</summary>
internal sealed class UnfinishedException(VideoGeneration generation, string message, Exception? reason = null) : Exception(message, reason)
{
    public VideoGeneration Generation => generation;

    /// <summary>Whether the video is on the disk, and there is nothing left to do but to tell of it.</summary>
    public bool IsSaved { get; init; }

    /// <summary>Where the video can be saved; null: where the command line says.</summary>
    public string? File { get; init; }
}
