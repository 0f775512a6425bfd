using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

/// <summary>A TCP connection that shows what a server really put on it, and how it ended.</summary>
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

    /// <summary>One submission on a connection of its own, and what came back.</summary>
    public static async Task<(byte[] Bytes, bool WasReset)> SubmitAsync(EmulatorHost host)
    {
        using var connection = await OpenAsync(host.Emulator.BaseAddress);
        await connection.SendAsync(Head(host, EmulatorHost.TextToVideo.Length, "Connection: close\r\n") + EmulatorHost.TextToVideo);
        return await connection.ReadToEndAsync();
    }

    public static string Head(EmulatorHost host, int length, string more = "") =>
        $"POST /v2/video/generations HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {host.Emulator.ApiKey}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {length}\r\n{more}\r\n";

    public async Task SendAsync(string text) => await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);

    public async Task<int> ReadAsync(byte[] into) => await client.GetStream().ReadAsync(into, Cancellation);

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
        catch (IOException failure) when (failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return (read.ToArray(), true);
        }
    }

    public void Dispose() => client.Dispose();
}
