using Microsoft.Extensions.Http;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.DependencyInjection;

/// <summary>
/// Puts the innermost handler at the bottom of the API's client, below whatever the application adds before or after it
/// (<c>ConfigureHttpClientDefaults</c>, its own handlers, its own primary handler), and the sockets below that.
/// </summary>
internal sealed class SendOnceHandlerFilter(
    string apiName, string filesName, Lazy<Credentials> credentials, Lazy<WanVideoClientOptions> options) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        if (builder.Name == apiName)
        {
            builder.PrimaryHandler = HttpTransport.ForApi();
            next(builder);
            SendOnceHandler innermost = null!;
            innermost = new SendOnceHandler(credentials.Value, WithoutRedirects(builder.PrimaryHandler))
            {
                // Asked when it sends, as another filter may still add to the builder after this one.
                IsAlone = () => builder.AdditionalHandlers.Count == 0 && builder.PrimaryHandler == innermost,
            };
            builder.PrimaryHandler = innermost;
            return;
        }

        next(builder);
        if (builder.Name != filesName)
            return;

        // Nothing that a host adds to all its clients, such as its own credentials, may reach the files' host.
        builder.AdditionalHandlers.Clear();
        builder.PrimaryHandler = ClientComposition.FilesHandler(options.Value);
    };

    // A primary handler of the caller's, made with the framework's default of following redirects.
    private static HttpMessageHandler WithoutRedirects(HttpMessageHandler primary)
    {
        if (primary is SocketsHttpHandler sockets)
            (sockets.AllowAutoRedirect, sockets.ActivityHeadersPropagator) = (false, null);
        if (primary is HttpClientHandler handler)
            handler.AllowAutoRedirect = false;
        return primary;
    }
}
