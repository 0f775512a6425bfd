namespace Wan27.Sdk;

/// <summary>
/// There was no key to send a request with: <see cref="WanVideoClientOptions.ApiKeyProvider"/> failed or gave what no header can carry, or the
/// container's configuration was changed to what does not hold. The request was not sent and is not tried again.
/// </summary>
public sealed class WanApiKeyException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, without the key.</param>
    /// <param name="innerException">The provider's own error.</param>
    public WanApiKeyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
