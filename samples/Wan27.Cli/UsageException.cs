namespace Wan27.Cli;

/// <summary>The command cannot be carried out as it was given; nothing was sent.</summary>
internal sealed class UsageException(string message) : Exception(message);
