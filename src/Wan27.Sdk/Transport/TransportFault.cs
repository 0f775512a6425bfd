using System.Net.Sockets;
using System.Security.Authentication;

namespace Wan27.Sdk.Transport;

/// <summary>
/// Replaces an exception of the transport, whose message may quote what was sent, by one of the same kind whose message names only types and error codes.
/// </summary>
internal static class TransportFault
{
    /// <param name="e">What the transport threw, with its causes.</param>
    /// <returns>The same chain of causes, without the messages, the data and the stack traces, whose text is expensive.</returns>
    public static Exception Sanitize(Exception e)
    {
        if (e is WanException)
            return e;
        var inner = e.InnerException is { } cause ? Sanitize(cause) : null;
        var text = Describe(e);
        return e switch
        {
            OperationCanceledException canceled => new OperationCanceledException(text, inner, canceled.CancellationToken),
            ObjectDisposedException => new ObjectDisposedException(text, inner),
            TimeoutException => new TimeoutException(text, inner),
            SocketException socket => new SocketException((int)socket.SocketErrorCode),
            AuthenticationException => new AuthenticationException(text, inner),
            IOException => new IOException(text, inner),
            HttpRequestException http => new HttpRequestException(http.HttpRequestError, text, inner, http.StatusCode),
            _ => new HttpRequestException(text, inner),
        };
    }

    /// <summary>An exception and its causes.</summary>
    public static IEnumerable<Exception> Causes(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    /// <summary>Returns whether a proxy refused to connect, or cannot be used.</summary>
    public static bool IsOfProxy(Exception e) => Causes(e).Any(cause => cause is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError });

    /// <summary>The exception's type and error code.</summary>
    public static string Describe(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } => $"{e.GetType().Name} ({error})",
        HttpIOException http => $"{e.GetType().Name} ({http.HttpRequestError})",
        SocketException socket => $"{e.GetType().Name} ({socket.SocketErrorCode})",
        _ => e.GetType().Name,
    };
}
