using System.Buffers;
using System.Buffers.Binary;

namespace Wan27.Sdk.Requests;

/// <summary>The id of a submission. Outside its alphabet the API drops it silently while the job still runs and is billed.</summary>
internal static class ClientRequestIdFormat
{
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    public static bool IsValid(string id) => id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then randomness.</summary>
    public static string New(TimeProvider timeProvider)
    {
        // A GUID's randomness is the system's: RandomNumberGenerator would load a cryptographic library, half of a small program's start.
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    /// <summary>Returns when an id was created, if this library created it; otherwise null.</summary>
    public static DateTimeOffset? TimeOf(string id)
    {
        if (!Guid.TryParseExact(id, "D", out var guid))
            return null;
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        if (bytes[6] >> 4 != 7)
            return null;
        var milliseconds = ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
