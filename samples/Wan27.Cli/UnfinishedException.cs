namespace Wan27.Cli;

/// <summary>A task was accepted and what comes after it is not done: it is there and paid for, and must not be bought again.</summary>
internal sealed class UnfinishedException(VideoGeneration generation, string message, Exception? reason = null) : Exception(message, reason)
{
    public VideoGeneration Generation => generation;
}
