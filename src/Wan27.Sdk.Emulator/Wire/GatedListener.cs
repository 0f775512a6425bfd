using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Wan27.Sdk.Emulator.Wire;

/// <summary>A listener that can be shut, so that the kernel itself refuses connections, and opened again on the same port.</summary>
internal sealed class GatedListener(IConnectionListenerFactory factory, IConnectionListener first) : IConnectionListener
{
    private readonly SemaphoreSlim turning = new(1);
    private volatile IConnectionListener? current = first;
    private volatile bool isOver;
    private TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? placeholder;

    public EndPoint EndPoint { get; } = first.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (!isOver)
        {
            var waiting = opened.Task;
            if (current is not { } listener)
            {
                await waiting.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (await listener.AcceptAsync(cancellationToken).ConfigureAwait(false) is { } connection)
                return connection;
            if (listener == current)
                return null;
        }

        return null;
    }

    public async ValueTask ShutAsync()
    {
        await turning.WaitAsync().ConfigureAwait(false);
        try
        {
            if (current is not { } listener)
                return;

            opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            current = null;
            await listener.DisposeAsync().ConfigureAwait(false);
            placeholder = Hold(EndPoint);
        }
        finally
        {
            _ = turning.Release();
        }
    }

    public async ValueTask OpenAsync()
    {
        await turning.WaitAsync().ConfigureAwait(false);
        try
        {
            if (current is not null || isOver)
                return;

            placeholder?.Dispose();
            current = await factory.BindAsync(EndPoint).ConfigureAwait(false);
            opened.SetResult();
        }
        finally
        {
            _ = turning.Release();
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        isOver = true;
        _ = opened.TrySetResult();
        if (current is { } listener)
            await listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        isOver = true;
        placeholder?.Dispose();
        if (current is { } listener)
            await listener.DisposeAsync().ConfigureAwait(false);
        turning.Dispose();
    }

    // A bound socket that does not listen keeps the port ours while the kernel answers every attempt with a refusal.
    private static Socket Hold(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        return socket;
    }
}
