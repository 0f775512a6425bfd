namespace Wan27.Sdk.Transport;

/// <summary>A handler tried to send a request again that can be sent only once. It is not a public error: the outcome of the first sending decides.</summary>
internal sealed class ReplayRefusedException()
    : InvalidOperationException("A handler or the transport tried to send a single-use request again; it was refused.");
