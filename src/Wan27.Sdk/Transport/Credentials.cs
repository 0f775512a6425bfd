namespace Wan27.Sdk.Transport;

/// <summary>The key, checked once for each that there is, and the one origin that may see it.</summary>
internal sealed class Credentials(Uri baseAddress, Func<CancellationToken, ValueTask<string>> provider)
{
    private volatile ApiKey? latest;

    /// <summary>The key that went out last.</summary>
    public ApiKey? Latest => latest;

    /// <summary>The options' key or provider, read once.</summary>
    public static Credentials From(WanVideoClientOptions options)
    {
        var key = options.FindApiKey();
        return new Credentials(options.BaseAddress, options.ApiKeyProvider ?? (_ => ValueTask.FromResult(key!)));
    }

    /// <summary>What may go out: to the configured scheme, host and port with the key, to any other without one.</summary>
    /// <param name="request">What is to be sent.</param>
    /// <param name="asCopy">Whether others hold the request and may alter it while it goes out, its address as well.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanConfigurationException">There is no key that could be added.</exception>
    public async ValueTask<HttpRequestMessage> ApplyToAsync(HttpRequestMessage request, bool asCopy, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri;
        var isOurs = uri is { IsAbsoluteUri: true } && IsOurs(uri);
        var sent = asCopy ? CopyOf(request, uri) : request;
        sent.Headers.Authorization = null;
        if (isOurs)
            sent.Headers.TryAddWithoutValidation("Authorization", (await GetKeyAsync(cancellationToken).ConfigureAwait(false)).Bearer);
        return sent;
    }

    /// <summary>Returns the key of a request that was sent, which is not always the newest; null if it has none.</summary>
    public ApiKey? KeyOf(HttpRequestMessage sent)
    {
        if (!sent.Headers.NonValidated.TryGetValues("Authorization", out var values))
            return null;
        var bearer = values.ToString();
        return latest is { } known && known.Bearer == bearer ? known : ApiKey.OfBearer(bearer);
    }

    private static HttpRequestMessage CopyOf(HttpRequestMessage request, Uri? uri)
    {
        var copy = new HttpRequestMessage(request.Method, uri) { Content = request.Content, Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var (name, values) in request.Headers.NonValidated)
            copy.Headers.TryAddWithoutValidation(name, values);
        foreach (var option in request.Options)
            copy.Options.Set(new(option.Key), option.Value);
        return copy;
    }

    private async ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken)
    {
        var text = await AskAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return latest is { } known && known.Reveal() == text ? known : latest = ApiKey.Parse(text);
        }
        catch (ArgumentException e)
        {
            throw new WanConfigurationException(nameof(WanVideoClientOptions.ApiKey), $"The request was not sent. {e.Message}");
        }
    }

    private async ValueTask<string> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Whether a provider looks at its token is its own affair, and no reason to wait for it.
            var asked = provider(cancellationToken);
            return asked.IsCompletedSuccessfully ? asked.Result : await asked.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not WanConfigurationException && !cancellationToken.IsCancellationRequested)
        {
            throw new WanConfigurationException(nameof(WanVideoClientOptions.ApiKeyProvider), "The request was not sent, because the provider of the API key failed.", e);
        }
    }

    private bool IsOurs(Uri uri) =>
        uri.Scheme == baseAddress.Scheme && uri.Port == baseAddress.Port
        && string.Equals(uri.IdnHost, baseAddress.IdnHost, StringComparison.OrdinalIgnoreCase);
}
