namespace Wan27.Sdk.Emulator.Http;

/// <summary>Specifies what happens to a connection when its response is interrupted.</summary>
internal enum InterruptionKind
{
    /// <summary>The connection is reset (RST): the next read of the client fails.</summary>
    Reset,

    /// <summary>The connection is closed (FIN): the client reads the end of the stream.</summary>
    Close,

    /// <summary>No bytes are sent for some time, or until the client disconnects.</summary>
    Stall,
}
