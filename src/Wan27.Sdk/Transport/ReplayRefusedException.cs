namespace Wan27.Sdk.Transport;

/// <summary>Someone around us tried to send a request again that may be sent only once. No public error: what the first sending brought decides.</summary>
internal sealed class ReplayRefusedException()
    : InvalidOperationException("A handler or the transport tried to send a single-use request again; it was refused.");
