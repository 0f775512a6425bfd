using System.Net;

namespace Wan27.Sdk.Transport;

/// <summary>The sockets: no redirects, no cookies and no decompression.</summary>
internal static class HttpTransport
{
    /// <summary>Shorter than any server's own, so that a paid request seldom meets a connection that is about to close.</summary>
    private static readonly TimeSpan ConnectionIdleTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Over HTTP/2, a dead connection would otherwise also end the search for a lost response.</summary>
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Ten thousand waits share these; more would be a flood and not be faster.</summary>
    private const int MaxConnections = 64;

    private const int MaxHeadersKilobytes = 64;

    // Nothing is unpacked: that is the default, and to set even that would link zlib and Brotli, 1 MB, into an app compiled ahead of time.
    public static SocketsHttpHandler ForApi() => new()
    {
        // The framework's own span of a request holds the message of its parser, which quotes the response; and no trace id leaves the application.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        KeepAlivePingDelay = PingDelay,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingTimeout = PingTimeout,
        MaxConnectionsPerServer = MaxConnections,
        MaxResponseHeadersLength = MaxHeadersKilobytes,
        PooledConnectionIdleTimeout = ConnectionIdleTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <param name="create">Creates a handler of the application; null for one of this library.</param>
    /// <param name="connect">Connects to a file host, or to the proxy in front of it, or refuses to.</param>
    /// <exception cref="WanConfigurationException">The handler of the application cannot be used.</exception>
    public static SocketsHttpHandler ForFiles(Func<SocketsHttpHandler>? create, Func<SocketsHttpConnectionContext, IWebProxy?, CancellationToken, ValueTask<Stream>> connect)
    {
        var handler = create is null ? ForApi() : create();
        if (handler is not { ConnectCallback: null })
            throw new WanConfigurationException(
                nameof(WanVideoClientOptions.DownloadHandlerFactory), "The handler for downloads is null or has a ConnectCallback, which would connect without the check of the address. Remove the callback.");
        if (create is not null)
            (handler.AllowAutoRedirect, handler.UseCookies, handler.ActivityHeadersPropagator) = (false, false, null);
        handler.ConnectCallback = (context, cancellationToken) => connect(context, handler.UseProxy ? handler.Proxy ?? HttpClient.DefaultProxy : null, cancellationToken);
        return handler;
    }

    /// <summary>A client that sets no limit of its own: time is the attempt's.</summary>
    public static HttpClient Client(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };
}
