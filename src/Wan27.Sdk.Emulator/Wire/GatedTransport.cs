using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Wan27.Sdk.Emulator.Wire;

/// <summary>Binds gated listeners, and keeps them in the order in which they were bound.</summary>
internal sealed class GatedTransport(IConnectionListenerFactory inner) : IConnectionListenerFactory
{
    private readonly List<GatedListener> listeners = [];

    public IReadOnlyList<GatedListener> Listeners => listeners;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new GatedListener(inner, await inner.BindAsync(endpoint, cancellationToken).ConfigureAwait(false));
        listeners.Add(listener);
        return listener;
    }
}
