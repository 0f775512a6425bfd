using System.Text;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator;

// Connections that break. Bytes count from 0 at the status line of the answer; over HTTP/2, from its first frame.
public sealed partial record EmulatorFault
{
    // Type 7, stream 0, last stream processed 0, NO_ERROR (RFC 9113, section 6.8).
    private static readonly byte[] GoAwayFrame = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A connection reset (RST) when this many bytes of the answer are out. After accepting.</summary>
    /// <param name="offset">0 or more; 0 is before any answer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public static EmulatorFault ResetAt(long offset) => CutAt("reset", InterruptionKind.Reset, offset, Timeout.InfiniteTimeSpan);

    /// <summary>A connection closed (FIN) when this many bytes of the answer are out. After accepting.</summary>
    /// <param name="offset">0 or more; 0 is before any answer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public static EmulatorFault CloseAt(long offset) => CutAt("close", InterruptionKind.Close, offset, Timeout.InfiniteTimeSpan);

    /// <summary>Silence when this many bytes of the answer are out. After accepting.</summary>
    /// <param name="offset">0 or more; 0 is before any answer.</param>
    /// <param name="duration">How long, by the emulator's clock, before the answer goes on. Default null: until the client leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public static EmulatorFault StallAt(long offset, TimeSpan? duration = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration ?? TimeSpan.Zero, TimeSpan.Zero);
        return CutAt("stall", InterruptionKind.Stall, offset, duration ?? Timeout.InfiniteTimeSpan);
    }

    /// <summary>An answer that trickles: so many bytes, then a second of silence by the emulator's clock, and so on. After accepting.</summary>
    /// <param name="bytesPerSecond">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytesPerSecond"/> is less than 1.</exception>
    public static EmulatorFault Slow(int bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        return Spoil($"slow, {bytesPerSecond} B/s", answer => answer with { BytesPerSecond = bytesPerSecond });
    }

    /// <summary>These bytes in place of an HTTP answer, then a close (FIN). After accepting.</summary>
    /// <param name="text">Sent as UTF-8, as it is: a status line of nonsense, a header of 100 KB.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static EmulatorFault Raw(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FinalBytes("raw bytes", Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// HTTP/2 RST_STREAM in place of an answer. After accepting. Over HTTP/1.1 it resets the connection.
    /// </summary>
    /// <param name="errorCode">The error of RFC 9113, section 7. Default 7, REFUSED_STREAM, which tells the client, truly or not, that the request
    /// was not processed; 2 is INTERNAL_ERROR.</param>
    public static EmulatorFault ResetStream(int errorCode = 7) =>
        Spoil($"stream reset {errorCode}", answer => answer with { StreamError = errorCode });

    /// <summary>HTTP/2 GOAWAY that claims no stream was processed, in place of an answer, then a close. After accepting. For HTTP/2 only.</summary>
    public static EmulatorFault GoAway() => FinalBytes("go away", GoAwayFrame);

    /// <summary>Counts the bytes of a reset, close or stall from the first of the body, so that the headers always arrive.</summary>
    public EmulatorFault OfBody() => Then(answer => answer.Interruption is null ? answer : answer with { Interruption = answer.Interruption with { IsInBody = true } });

    private static EmulatorFault CutAt(string what, InterruptionKind kind, long offset, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return Spoil($"{what} at byte {offset}", answer => answer with { Interruption = new Interruption(kind, offset) { Duration = duration } });
    }

    private static EmulatorFault FinalBytes(string name, byte[] words) =>
        Spoil(name, answer => answer with { Interruption = new Interruption(InterruptionKind.Close, 0) { FinalBytes = words } });
}
