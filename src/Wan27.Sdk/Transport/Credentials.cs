using System.Net.Http.Headers;

namespace Wan27.Sdk.Transport;

/// <summary>The key and the one origin that may see it.</summary>
internal sealed class Credentials(Uri baseAddress, Func<CancellationToken, ValueTask<string>> provider)
{
    private volatile ApiKey? latest;

    /// <summary>The key last used, for taking it out of a server's words.</summary>
    public string? Latest => latest?.Reveal();

    public static Credentials From(WanVideoClientOptions options)
    {
        var key = options.FindApiKey();
        return new Credentials(options.BaseAddress, options.ApiKeyProvider ?? (_ => ValueTask.FromResult(key!)));
    }

    /// <summary>Adds the key if, and only if, the request goes to the configured scheme, host and port; takes it away otherwise.</summary>
    public async ValueTask ApplyToAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = null;
        if (request.RequestUri is not { IsAbsoluteUri: true } uri || !IsOurs(uri))
            return;
        latest = ApiKey.Parse(await provider(cancellationToken).ConfigureAwait(false));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", latest.Reveal());
    }

    private bool IsOurs(Uri uri) =>
        uri.Scheme == baseAddress.Scheme && uri.Port == baseAddress.Port
        && string.Equals(uri.IdnHost, baseAddress.IdnHost, StringComparison.OrdinalIgnoreCase);
}
