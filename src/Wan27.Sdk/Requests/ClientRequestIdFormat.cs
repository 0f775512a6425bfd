using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Wan27.Sdk.Requests;

/// <summary>The id of a submission. Outside its alphabet the API drops it silently while the job still runs and is billed.</summary>
internal static class ClientRequestIdFormat
{
    public const int MaxLength = 128;

    private const string Attempt = ":attempt-";

    /// <summary>Leaves space for the number of an attempt.</summary>
    private const int MaxFirstLength = MaxLength - 16;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    /// <summary>Returns what is wrong with an id; null if it is valid.</summary>
    public static string? Problem(string id) => id.AsSpan().IndexOfAnyExcept(Alphabet) switch
    {
        >= 0 and var at => $"has {Name(id[at])} at position {at}; allowed are A-Z a-z 0-9 . _ : -",
        _ when id.Length is 0 or > MaxLength => $"has {id.Length} characters; allowed are 1 to {MaxLength}",
        _ => null,
    };

    /// <summary>Returns the id of the attempt after a failed one, which is always the same.</summary>
    public static string NextAttempt(string id)
    {
        var at = id.LastIndexOf(Attempt, StringComparison.Ordinal);
        var number = at >= 0 && int.TryParse(id.AsSpan(at + Attempt.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var known) && known is >= 2 and < 1_000_000
            ? known
            : 1;
        var first = number > 1 ? id[..at] : id;
        // A long id gives way to its digest, so that the ids of all attempts are valid and differ from those of other ids.
        if (first.Length > MaxFirstLength)
            first = $"{first[..(MaxFirstLength - 33)]}.{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(first)).AsSpan(0, 16))}";
        return string.Create(CultureInfo.InvariantCulture, $"{first}{Attempt}{number + 1}");
    }

    private static string Name(char c) => c is ' ' ? "a space" : c is > ' ' and <= '~' ? $"the character '{c}'" : $"the character U+{(int)c:X4}";

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
