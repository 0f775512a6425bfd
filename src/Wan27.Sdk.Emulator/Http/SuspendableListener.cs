using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Wan27.Sdk.Emulator.Http;

/// <summary>A listener that can be suspended, so that the kernel refuses connections, and resumed on the same port.</summary>
internal sealed class SuspendableListener(IConnectionListenerFactory factory, IConnectionListener initial) : IConnectionListener
{
    private readonly SemaphoreSlim transition = new(1);
    private volatile IConnectionListener? current = initial;
    private volatile bool isStopped;
    private TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? reservation;

    public EndPoint EndPoint { get; } = initial.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (!isStopped)
        {
            var untilResumed = resumed.Task;
            if (current is not { } listener)
            {
                await untilResumed.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (await listener.AcceptAsync(cancellationToken).ConfigureAwait(false) is { } connection)
                return connection;
            if (listener == current)
                return null;
        }

        return null;
    }

    public async ValueTask SuspendAsync()
    {
        await transition.WaitAsync().ConfigureAwait(false);
        try
        {
            if (current is not { } listener)
                return;

            resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            current = null;
            await listener.DisposeAsync().ConfigureAwait(false);
            reservation = ReservePort(EndPoint);
        }
        finally
        {
            _ = transition.Release();
        }
    }

    public async ValueTask ResumeAsync()
    {
        await transition.WaitAsync().ConfigureAwait(false);
        try
        {
            if (current is not null || isStopped)
                return;

            reservation?.Dispose();
            current = await factory.BindAsync(EndPoint).ConfigureAwait(false);
            resumed.SetResult();
        }
        finally
        {
            _ = transition.Release();
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        isStopped = true;
        _ = resumed.TrySetResult();
        if (current is { } listener)
            await listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        isStopped = true;
        reservation?.Dispose();
        if (current is { } listener)
            await listener.DisposeAsync().ConfigureAwait(false);
        transition.Dispose();
    }

    // A bound socket that does not listen reserves the port, and the kernel refuses each connection attempt.
    private static Socket ReservePort(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        return socket;
    }
}
