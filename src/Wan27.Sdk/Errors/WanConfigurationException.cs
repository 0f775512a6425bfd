namespace Wan27.Sdk;

/// <summary>
/// A setting cannot be used: the API key or its provider, an environment variable, the journal, or settings that were changed while the application runs.
/// Nothing was sent, and nothing is retried.
/// </summary>
public sealed class WanConfigurationException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanConfigurationException"/> class.</summary>
    /// <param name="setting">The name of the setting.</param>
    /// <param name="message">The message, without secrets.</param>
    /// <param name="innerException">The error of the key provider, of the journal or of the configuration.</param>
    public WanConfigurationException(string setting, string message, Exception? innerException = null)
        : base(message, innerException) => Setting = setting;

    /// <summary>Gets the name of the setting, as in <see cref="WanVideoClientOptions"/>, such as <c>Journal</c> or <c>ApiKeyProvider</c>.</summary>
    public string Setting { get; }
}
