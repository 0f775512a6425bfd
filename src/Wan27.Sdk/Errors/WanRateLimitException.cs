using System.Net;

namespace Wan27.Sdk;

/// <summary>Too many requests or too many generations at once (429); nothing was started. <see cref="WanApiException.RetryAfter"/> says how long to wait, if the server did.</summary>
public sealed class WanRateLimitException : WanApiException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What the server refused, in words fit to print.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public WanRateLimitException(string message, HttpStatusCode statusCode)
        : base(message, statusCode)
    {
    }
}
