namespace Wan27.Sdk.Transport;

/// <summary>Where the two HTTP clients come from: one for the API, one for files that has no key.</summary>
/// <param name="Api">Gives the client for the API.</param>
/// <param name="Files">Gives the client for files.</param>
/// <param name="Owned">What to dispose with the client.</param>
internal sealed record HttpClients(Func<HttpClient> Api, Func<HttpClient> Files, IReadOnlyList<IDisposable> Owned)
{
    /// <summary>The key for the API's client; null where <see cref="InnermostHandler"/> stands at the bottom of it and adds the key there.</summary>
    public Credentials? Unguarded { get; init; }
}
