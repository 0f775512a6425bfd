namespace Wan27.Sdk;

/// <summary>An answer came that is not what the API promises: cut short, too long, not JSON, another task's, or a finished task without a video.</summary>
public sealed class WanProtocolException : WanException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected and what came.</param>
    /// <param name="innerException">The parser's own error.</param>
    public WanProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The server's id of the HTTP request, to quote to its support; null when it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The start of the answer, at most 1,024 characters, with control characters escaped and secrets replaced.</summary>
    public string ResponseExcerpt { get; init; } = "";

    internal override bool IsTransient => true;
}
