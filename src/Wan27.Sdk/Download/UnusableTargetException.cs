namespace Wan27.Sdk.Download;

/// <summary>The file cannot be saved under its name. The message contains the reason; another download to the same name does not help.</summary>
internal sealed class UnusableTargetException(string message) : IOException(message);
