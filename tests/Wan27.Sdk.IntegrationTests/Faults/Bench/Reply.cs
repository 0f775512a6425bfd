using System.Text;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>The bytes that a hostile server sends, and how the connection then ends.</summary>
internal sealed record Reply(ReadOnlyMemory<byte> Bytes, Ending Ending = Ending.Open)
{
    /// <summary>No byte, and the end of the connection.</summary>
    public static Reply Nothing { get; } = new(default, Ending.Fin);

    /// <summary>The bytes that are repeated until the client closes the connection.</summary>
    public ReadOnlyMemory<byte> Repeated { get; init; }

    /// <summary>The time between two repetitions.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Whether time passes while it is sent.</summary>
    public bool IsSlow => Ending is Ending.Stall || Interval > TimeSpan.Zero;

    /// <summary>The status; 0 if it cannot be read.</summary>
    public int Status { get; init; }

    /// <summary>Whether a paid request that received it was not accepted, and may be sent again.</summary>
    public bool TurnsAway => Status == 429 && Bytes.Span.IndexOf("x-inference-id"u8) < 0 && Bytes.Span.IndexOf("\"id\""u8) < 0;

    /// <summary>Exactly these characters, one byte each, and the end of the connection.</summary>
    public static Reply Raw(string text) => new(Encoding.Latin1.GetBytes(text), Ending.Fin);

    public static Reply Json(string json, int status = 200, params string[] headers) => Of(status, Encoding.UTF8.GetBytes(json), ["Content-Type: application/json", .. headers]);

    /// <summary>A complete response; a length is added.</summary>
    public static Reply Of(int status, ReadOnlyMemory<byte> body, params string[] headers) => Unframed(status, body, [.. headers, $"Content-Length: {body.Length}"]);

    /// <summary>A response with these headers and no others.</summary>
    public static Reply Unframed(int status, ReadOnlyMemory<byte> body, params string[] headers)
    {
        var head = string.Concat(headers.Select(header => header + "\r\n"));
        return new Reply((byte[])[.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status} Status\r\n{head}\r\n"), .. body.Span]) { Status = status };
    }

    public Reply Cut(int length, Ending ending) => this with { Bytes = Bytes[..length], Ending = ending };

    public Reply Then(Ending ending) => this with { Ending = ending };
}

/// <summary>How a connection ends.</summary>
internal enum Ending
{
    Open,
    Fin,
    Reset,

    /// <summary>No more bytes arrive, and time passes.</summary>
    Stall,

    /// <summary>No more bytes arrive, and the clock does not advance: something else ends the call.</summary>
    Hold,
}
