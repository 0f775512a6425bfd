using System.Net;
using System.Net.Sockets;

namespace Wan27.Sdk.IntegrationTests.Support;

/// <summary>Accepts connections on a free port of loopback until it is disposed, and hands each to a server.</summary>
internal sealed class ConnectionListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private int connections;

    /// <param name="serve">Serves one connection, handles what is thrown when it ends, and disposes it.</param>
    public ConnectionListener(Func<Socket, Task> serve)
    {
        listener.Start();
        accepting = AcceptAsync(serve);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref connections);

    public CancellationToken Stopping => stopping.Token;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync(Func<Socket, Task> serve)
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync(stopping.Token);
            _ = Interlocked.Increment(ref connections);
            _ = serve(socket);
        }
    }
}
