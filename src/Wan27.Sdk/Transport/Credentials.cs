using System.Net.Http.Headers;

namespace Wan27.Sdk.Transport;

/// <summary>The key and the one origin that may see it.</summary>
internal sealed class Credentials(Uri baseAddress, Func<CancellationToken, ValueTask<string>> provider)
{
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
        var key = ApiKey.Parse(await provider(cancellationToken).ConfigureAwait(false));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        if (WireAttempt.Of(request) is { } attempt)
            attempt.Key = key;
    }

    private bool IsOurs(Uri uri) =>
        uri.Scheme == baseAddress.Scheme && uri.Port == baseAddress.Port
        && string.Equals(uri.IdnHost, baseAddress.IdnHost, StringComparison.OrdinalIgnoreCase);
}
