namespace Wan27.Sdk.Transport;

/// <summary>Where the two HTTP clients come from: one for the API, one for files that has no key.</summary>
/// <param name="Api">Gives the client for the API.</param>
/// <param name="Files">Gives the client for files.</param>
/// <param name="Credentials">The key for the API.</param>
/// <param name="IsGuarded">Whether <see cref="InnermostHandler"/> stands at the bottom of the API's client, and adds the key there.</param>
/// <param name="Owned">What to dispose with the client.</param>
internal sealed record HttpClients(
    Func<HttpClient> Api, Func<HttpClient> Files, Credentials Credentials, bool IsGuarded, IReadOnlyList<IDisposable> Owned);
