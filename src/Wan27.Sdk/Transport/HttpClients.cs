namespace Wan27.Sdk.Transport;

/// <summary>The two HTTP clients: one for the API, one for files that has no key.</summary>
/// <param name="Api">Gets the client for the API.</param>
/// <param name="Files">Gets the client for files.</param>
/// <param name="Credentials">The key for the API.</param>
/// <param name="IsGuarded">Whether <see cref="SendOnceHandler"/> is the last handler of the API's client, and adds the key there.</param>
/// <param name="Owned">What is disposed with the client.</param>
internal sealed record HttpClients(
    Func<HttpClient> Api, Func<HttpClient> Files, Credentials Credentials, bool IsGuarded, IReadOnlyList<IDisposable> Owned) : IDisposable
{
    private readonly CancellationTokenSource disposing = new();

    /// <summary>Gets a token that is canceled when the client is disposed.</summary>
    public CancellationToken Disposed => disposing.Token;

    /// <summary>Gets a value indicating whether the client was disposed, which the transport reports to calls in progress as a cancellation.</summary>
    public bool IsDisposed => disposing.IsCancellationRequested;

    public void Dispose()
    {
        disposing.Cancel();
        foreach (var owned in Owned)
            owned.Dispose();
    }
}
