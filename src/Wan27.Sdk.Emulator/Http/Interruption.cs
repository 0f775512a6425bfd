namespace Wan27.Sdk.Emulator.Http;

/// <summary>Interrupts a response at one of its bytes.</summary>
/// <param name="Kind">What happens at that byte.</param>
/// <param name="Offset">The number of bytes sent before, 0 or more.</param>
internal sealed record Interruption(InterruptionKind Kind, long Offset)
{
    /// <summary>Gets a value indicating whether the offset is counted from the body and not from the status line.</summary>
    public bool IsInBody { get; init; }

    /// <summary>Gets the duration of a stall. The default is infinite.</summary>
    public TimeSpan Duration { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Gets bytes that are sent without change right before the interruption.</summary>
    public ReadOnlyMemory<byte> FinalBytes { get; init; }
}
