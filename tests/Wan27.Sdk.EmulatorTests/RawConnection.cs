using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

/// <summary>A TCP connection that exposes the exact bytes of a response, and how the connection ended.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection.client.ConnectAsync(address.Host, address.Port, Cancellation);
        return connection;
    }

    /// <summary>Submits once on a new connection, and returns the response.</summary>
    public static async Task<(byte[] Bytes, bool WasReset)> SubmitAsync(EmulatorFixture fixture)
    {
        using var connection = await OpenAsync(fixture.Emulator.BaseAddress);
        await connection.SendSubmissionAsync(fixture);
        return await connection.ReadToEndAsync();
    }

    public static string CreateHeaders(EmulatorFixture fixture, int length, string additional = "") =>
        $"POST /v2/video/generations HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {fixture.Emulator.ApiKey}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {length}\r\n{additional}\r\n";

    public async Task SendSubmissionAsync(EmulatorFixture fixture)
    {
        const string body = EmulatorFixture.TextToVideo;
        await SendAsync(CreateHeaders(fixture, body.Length, "Connection: close\r\n") + body);
    }

    public async Task SendAsync(string text) => await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);

    public async Task<int> ReadAsync(byte[] buffer) => await client.GetStream().ReadAsync(buffer, Cancellation);

    public async Task<(byte[] Bytes, bool WasReset)> ReadToEndAsync()
    {
        using var read = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await ReadAsync(buffer) is > 0 and var count)
                read.Write(buffer, 0, count);
            return (read.ToArray(), false);
        }
        catch (IOException exception)
            when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return (read.ToArray(), true);
        }
    }

    public void Dispose() => client.Dispose();
}
