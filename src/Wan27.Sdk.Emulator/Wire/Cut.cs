namespace Wan27.Sdk.Emulator.Wire;

/// <summary>Where and how an answer is cut short.</summary>
/// <param name="Kind">What happens there.</param>
/// <param name="Offset">How many bytes go out before, from 0.</param>
internal sealed record Cut(CutKind Kind, long Offset)
{
    /// <summary>Whether the bytes are counted from the first one of the body, and not of the status line.</summary>
    public bool OfBody { get; init; }

    /// <summary>For a stall: how long, or for ever.</summary>
    public TimeSpan Duration { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Bytes put on the wire just before, as they are.</summary>
    public ReadOnlyMemory<byte> LastWords { get; init; }
}
