using Wan27.Sdk.Download;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk;

/// <summary>How the two HTTP clients are put together for each way to make a <see cref="WanVideoClient"/>.</summary>
internal static class ClientComposition
{
    public static HttpClients OwnClients(WanVideoClientOptions options)
    {
        ThrowIfInvalid(options);
        var credentials = Credentials.From(options);
        var api = HttpTransport.Client(new SendOnceHandler(credentials, HttpTransport.ForApi()) { IsAlone = () => true });
        var files = HttpTransport.Client(FilesHandler(options));
        return new HttpClients(() => api, () => files, credentials, IsGuarded: true, [api, files]);
    }

    public static HttpClients OverClient(HttpClient httpClient, WanVideoClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ThrowIfInvalid(options);
        _ = AtAddress(httpClient, options.BaseAddress);
        var files = HttpTransport.Client(FilesHandler(options));
        return new HttpClients(() => httpClient, () => files, Credentials.From(options), IsGuarded: false, [files]);
    }

    public static HttpClients OverClients(HttpClient httpClient, HttpClient downloadClient, WanVideoClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(downloadClient);
        ThrowIfInvalid(options);
        _ = AtAddress(httpClient, options.BaseAddress);
        return new HttpClients(() => httpClient, () => downloadClient, Credentials.From(options), IsGuarded: false, []);
    }

    public static SocketsHttpHandler FilesHandler(WanVideoClientOptions options) => HttpTransport.ForFiles(options.DownloadHandlerFactory, PolicyOf(options).ConnectAsync);

    public static DownloadPolicy PolicyOf(WanVideoClientOptions options) =>
        new(options.AllowPrivateDownloads, AllowLoopback: options.BaseAddress.IsLoopback)
        {
            Emulator = options.BaseAddress.Scheme == Uri.UriSchemeHttp ? options.BaseAddress : null,
            Trusted = options.TrustedDownloadNetworks,
        };

    /// <summary>Returns a client for the API. One that the application pointed at another address must not lead to paid requests to this one.</summary>
    /// <exception cref="WanConfigurationException">The client has another base address.</exception>
    public static HttpClient AtAddress(HttpClient httpClient, Uri baseAddress) =>
        httpClient.BaseAddress is not { } other || WithSlash(other) == WithSlash(baseAddress) ? httpClient : throw new WanConfigurationException(
            nameof(WanVideoClientOptions.BaseAddress),
            $"HttpClient.BaseAddress is {WithSlash(other)}, but {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.BaseAddress)} is {WithSlash(baseAddress)}. Set both to the same address, or the one of the HttpClient to null.");

    /// <exception cref="ArgumentException">A setting is missing or out of range.</exception>
    /// <exception cref="WanConfigurationException">There is no key, or an environment variable is not valid.</exception>
    public static void ThrowIfInvalid(WanVideoClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var prefix = $"{nameof(WanVideoClientOptions)}.";
        if (string.Join(' ', options.Problems(prefix)) is { Length: > 0 } problems)
            throw new ArgumentException(problems, nameof(options));
        foreach (var (setting, message) in options.EnvironmentProblems(prefix))
            throw new WanConfigurationException(setting, message);
    }

    // User information and a query, which may be secret, are not compared and not shown.
    private static string WithSlash(Uri address) => $"{address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')}/";
}
