using System.Net;

namespace Wan27.Sdk;

/// <summary>The server refused the key (401): it is missing, mistyped, expired or revoked.</summary>
public sealed class WanAuthenticationException : WanApiException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What the server refused, in words fit to print.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public WanAuthenticationException(string message, HttpStatusCode statusCode)
        : base(message, statusCode)
    {
    }
}
