using System.Net;
using System.Text;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>Bytes as a response: a line with the status, a line for each header, an empty line, the body. Missing parts are left out.</summary>
internal static class ResponseText
{
    public static HttpResponseMessage Read(byte[] bytes)
    {
        var lines = Encoding.Latin1.GetString(Head(bytes)).Split('\n');
        var status = int.TryParse(lines[0], out var number) && number is >= 200 and <= 999 ? number : 200;
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Body(bytes)) };
        foreach (var line in lines.Skip(1).Select(line => line.Split(':', 2)).Where(line => line.Length == 2))
        {
            if (!response.Headers.TryAddWithoutValidation(line[0], line[1].Trim()))
                response.Content.Headers.TryAddWithoutValidation(line[0], line[1].Trim());
        }

        return response;
    }

    public static byte[] Body(byte[] bytes) => [.. bytes.AsSpan(Math.Min(bytes.Length, Head(bytes).Length + 2))];

    private static ReadOnlySpan<byte> Head(byte[] bytes) => bytes.AsSpan().IndexOf("\n\n"u8) is >= 0 and var end ? bytes.AsSpan(0, end) : bytes;
}
