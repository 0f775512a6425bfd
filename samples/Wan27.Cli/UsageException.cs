namespace Wan27.Cli;

/// <summary>The command line or a setting is invalid; nothing was sent.</summary>
internal sealed class UsageException(string message) : Exception(message);
