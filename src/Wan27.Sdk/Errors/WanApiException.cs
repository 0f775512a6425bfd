using System.Net;

namespace Wan27.Sdk;

/// <summary>The service responded, and the response is an error or cannot be read.</summary>
public sealed class WanApiException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanApiException"/> class.</summary>
    /// <param name="message">The message, without secrets.</param>
    /// <param name="statusCode">The HTTP status code of the response.</param>
    public WanApiException(string message, HttpStatusCode statusCode)
        : base(message) => StatusCode = statusCode;

    /// <summary>Gets the HTTP status code of the response.</summary>
    /// <value>401 if the key was rejected, 429 if there were too many requests or too many generations at once.</value>
    public HttpStatusCode StatusCode { get; }

    /// <summary>Gets a value indicating whether the response is not what the API documents: incomplete, too long, not JSON, about another generation, or without a video.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Gets the service's name of the error, such as <c>err_insufficent_credits</c> (spelled so).</summary>
    /// <value>The name; null if the response has none.</value>
    public string? ErrorName { get; init; }

    /// <summary>Gets the service's id of the HTTP request, to quote to its support.</summary>
    /// <value>The id; null if the response has none.</value>
    public string? RequestId { get; init; }

    /// <summary>Gets how long the service asks to wait, without a limit.</summary>
    /// <value>The time; null if the response has none that can be read.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value indicating whether the account has no credits left. It is one of several reasons for status 403; nothing was started.</summary>
    public bool IsOutOfCredits { get; init; }

    /// <summary>Gets the problems that the service found, by field.</summary>
    /// <value>The problems; empty if the response names none.</value>
    public IReadOnlyList<RequestProblem> Problems { get; init; } = [];

    /// <summary>Gets the start of the response, at most 1,024 characters, with control characters escaped and secrets replaced.</summary>
    public string ResponseExcerpt { get; init; } = "";

    internal override bool IsTransient =>
        IsUnreadable || StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)StatusCode >= 500;

    internal override TimeSpan? ServerDelay => RetryAfter;

    // A generation that the service does not know cannot be resumed.
    private protected override string? NextStep() => StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest ? null : base.NextStep();
}
