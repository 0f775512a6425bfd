using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Wan27.Sdk.Emulator.Http;

/// <summary>Binds suspendable listeners, and lists them in the order in which they were bound.</summary>
internal sealed class SuspendableListenerFactory(IConnectionListenerFactory inner) : IConnectionListenerFactory
{
    private readonly List<SuspendableListener> listeners = [];

    public IReadOnlyList<SuspendableListener> Listeners => listeners;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new SuspendableListener(inner, await inner.BindAsync(endpoint, cancellationToken).ConfigureAwait(false));
        listeners.Add(listener);
        return listener;
    }
}
