namespace Wan27.Sdk.Emulator.Wire;

/// <summary>What becomes of a connection at the byte where its answer is cut.</summary>
internal enum CutKind
{
    /// <summary>RST: the peer's next read fails.</summary>
    Reset,

    /// <summary>FIN: the peer reads an end.</summary>
    Close,

    /// <summary>Silence, for a while or until the peer leaves.</summary>
    Stall,
}
