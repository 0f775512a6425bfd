using System.Text;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator;

// Faults of the connection. Offsets are counted from the status line of the response, or from the first frame over HTTP/2.
public sealed partial record EmulatorFault
{
    // Type 7, stream 0, last processed stream 0, NO_ERROR (RFC 9113, section 6.8).
    private static readonly byte[] GoAwayFrame = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>
    /// Creates a fault that resets the connection (RST) during the response, by default after the submission is accepted.
    /// </summary>
    /// <param name="offset">The number of bytes of the response that are sent before the reset, 0 or more.</param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public static EmulatorFault ResetAt(long offset) =>
        Interrupt("reset", InterruptionKind.Reset, offset, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Creates a fault that closes the connection (FIN) during the response, by default after the submission is accepted.
    /// </summary>
    /// <param name="offset">The number of bytes of the response that are sent before the close, 0 or more.</param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public static EmulatorFault CloseAt(long offset) =>
        Interrupt("close", InterruptionKind.Close, offset, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Creates a fault that stops sending during the response, by default after the submission is accepted.
    /// </summary>
    /// <param name="offset">The number of bytes of the response that are sent before the stall, 0 or more.</param>
    /// <param name="duration">
    /// The time after which the response continues, measured by <see cref="WanEmulatorOptions.TimeProvider"/>. If this is
    /// <see langword="null"/>, the stall lasts until the client disconnects.
    /// </param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="offset"/> or <paramref name="duration"/> is negative.
    /// </exception>
    public static EmulatorFault StallAt(long offset, TimeSpan? duration = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration ?? TimeSpan.Zero, TimeSpan.Zero, nameof(duration));
        return Interrupt("stall", InterruptionKind.Stall, offset, duration ?? Timeout.InfiniteTimeSpan);
    }

    /// <summary>Creates a fault that sends the response slowly, by default after the submission is accepted.</summary>
    /// <param name="bytesPerSecond">
    /// The number of bytes that are sent before each pause of one second, 1 or more. The pause is measured by
    /// <see cref="WanEmulatorOptions.TimeProvider"/>.
    /// </param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytesPerSecond"/> is less than 1.</exception>
    public static EmulatorFault Slow(int bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        return Modify($"slow, {bytesPerSecond} B/s", response => response with { BytesPerSecond = bytesPerSecond });
    }

    /// <summary>
    /// Creates a fault that sends arbitrary bytes in place of an HTTP response and then closes the connection (FIN), by default
    /// after the submission is accepted.
    /// </summary>
    /// <param name="text">The bytes, as UTF-8. Examples are an invalid status line, or a header of 100 KB.</param>
    /// <returns>A fault for one request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static EmulatorFault Raw(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SendAndClose("raw bytes", Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// Creates a fault that resets the HTTP/2 stream (RST_STREAM) in place of a response, by default after the submission is
    /// accepted. Over HTTP/1.1, the fault resets the connection.
    /// </summary>
    /// <param name="errorCode">
    /// The error code of RFC 9113, section 7. The default is 7 (REFUSED_STREAM), which states that the request was not
    /// processed. 2 is INTERNAL_ERROR.
    /// </param>
    /// <returns>A fault for one request.</returns>
    public static EmulatorFault ResetStream(int errorCode = 7) =>
        Modify($"stream reset {errorCode}", response => response with { StreamError = errorCode });

    /// <summary>
    /// Creates a fault that sends an HTTP/2 GOAWAY frame in place of a response and then closes the connection, by default
    /// after the submission is accepted. The frame states that no stream was processed.
    /// </summary>
    /// <returns>A fault for one request.</returns>
    /// <remarks>Use this fault only for requests to <see cref="WanEmulator.Http2BaseAddress"/>.</remarks>
    public static EmulatorFault GoAway() => SendAndClose("go away", GoAwayFrame);

    /// <summary>
    /// Counts the offset of a reset, close or stall from the first byte of the body, so that the headers are always sent.
    /// </summary>
    /// <returns>A copy of the fault.</returns>
    public EmulatorFault OfBody() => Then(response => response.Interruption is { } interruption
        ? response with { Interruption = interruption with { IsInBody = true } }
        : response);

    private static EmulatorFault Interrupt(string name, InterruptionKind kind, long offset, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var interruption = new Interruption(kind, offset) { Duration = duration };
        return Modify($"{name} at byte {offset}", response => response with { Interruption = interruption });
    }

    private static EmulatorFault SendAndClose(string name, byte[] bytes)
    {
        var interruption = new Interruption(InterruptionKind.Close, 0) { FinalBytes = bytes };
        return Modify(name, response => response with { Interruption = interruption });
    }
}
