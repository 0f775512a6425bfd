using System.Net;

namespace Wan27.Sdk;

/// <summary>The account cannot pay for the generation, which was not started (403 <c>err_insufficent_credits</c>, so spelt by the server).</summary>
public sealed class WanInsufficientCreditsException : WanApiException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What the server refused, in words fit to print.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public WanInsufficientCreditsException(string message, HttpStatusCode statusCode)
        : base(message, statusCode)
    {
    }
}
