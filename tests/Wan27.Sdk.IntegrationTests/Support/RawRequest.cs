using System.Globalization;
using System.Text;

namespace Wan27.Sdk.IntegrationTests.Support;

/// <summary>A request as it was sent.</summary>
internal sealed record RawRequest(string Head, int BodyLength, bool IsBodyComplete)
{
    public string Method => Head.Split(' ')[0];

    public string Target => Head.Split(' ')[1];

    public string? Header(string name) => Head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    /// <summary>Returns null if the bytes are not HTTP, or end within the headers.</summary>
    public static async Task<RawRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0)
                return null;
            read.Write(buffer, 0, count);
            var text = Encoding.Latin1.GetString(read.GetBuffer(), 0, (int)read.Length);
            if (!char.IsAsciiLetterUpper(text[0]))
                return new RawRequest("NOT HTTP", (int)read.Length, false);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
                return await ReadBodyAsync(text[..end], (int)read.Length - end - 4, stream, buffer, cancellationToken);
        }
    }

    private static async Task<RawRequest> ReadBodyAsync(string head, int already, Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var request = new RawRequest(head, already, false);
        var length = request.Header("Content-Length") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        while (already < length && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            already += count;
        return request with { BodyLength = already, IsBodyComplete = already == length };
    }
}
