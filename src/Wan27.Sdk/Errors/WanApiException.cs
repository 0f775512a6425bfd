using System.Net;

namespace Wan27.Sdk;

/// <summary>The server answered, and its answer was an error: <see cref="StatusCode"/> tells which, 401 a refused key and 429 too many requests among them.</summary>
public sealed class WanApiException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What the server refused, in words fit to print.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public WanApiException(string message, HttpStatusCode statusCode)
        : base(message) => StatusCode = statusCode;

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The server's name for the error (<c>err_insufficent_credits</c>, so spelt); null when it gave none.</summary>
    public string? ErrorName { get; init; }

    /// <summary>The server's id of the failed HTTP request, to quote to its support; null when it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the server asked to wait, unclamped; null when it did not say or not intelligibly.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the account has no credits left (403, and not every 403); nothing was started.</summary>
    public bool IsOutOfCredits { get; init; }

    /// <summary>What the server found wrong, field by field; empty when it did not say.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; init; } = [];

    /// <summary>The start of the answer, at most 1,024 characters, with control characters escaped and secrets replaced.</summary>
    public string ResponseExcerpt { get; init; } = "";

    internal override bool IsTransient => StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)StatusCode >= 500;

    internal override TimeSpan? ServerDelay => RetryAfter;

    // A task that the service does not know cannot be resumed.
    private protected override string? WayBack() => StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest ? null : base.WayBack();
}
