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
        var files = HttpTransport.Client(HttpTransport.ForFiles(PolicyOf(options).ConnectAsync));
        return new HttpClients(() => api, () => files, credentials, IsGuarded: true, [api, files]);
    }

    public static HttpClients OverClient(HttpClient httpClient, WanVideoClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ThrowIfInvalid(options);
        var files = HttpTransport.Client(HttpTransport.ForFiles(PolicyOf(options).ConnectAsync));
        return new HttpClients(() => httpClient, () => files, Credentials.From(options), IsGuarded: false, [files]);
    }

    public static HttpClients OverClients(HttpClient httpClient, HttpClient downloadClient, WanVideoClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(downloadClient);
        ThrowIfInvalid(options);
        return new HttpClients(() => httpClient, () => downloadClient, Credentials.From(options), IsGuarded: false, []);
    }

    public static DownloadPolicy PolicyOf(WanVideoClientOptions options) =>
        new(options.AllowPrivateDownloads, AllowLoopback: options.BaseAddress.IsLoopback);

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
}
