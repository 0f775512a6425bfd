using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Wan27.Sdk.IntegrationTests.Support;

/// <summary>A minimal server: one request on each connection, a response of exactly these bytes, and then a close or a reset.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly ConnectionListener listener;
    private readonly ConcurrentQueue<RawRequest> requests = new();
    private readonly Func<RawRequest, RawReply> respond;
    private readonly X509Certificate2? certificate;

    public RawServer(Func<RawRequest, RawReply> respond, X509Certificate2? certificate = null)
    {
        (this.respond, this.certificate) = (respond, certificate);
        listener = new ConnectionListener(ServeAsync);
    }

    public Uri Address => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{listener.Port}/");

    public int Connections => listener.Connections;

    /// <summary>Every request whose headers arrived, in order.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. requests];

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var _ = socket;
            var stream = await OpenAsync(new NetworkStream(socket));
            if (await RawRequest.ReadAsync(stream, listener.Stopping) is not { } request)
                return;
            requests.Enqueue(request);
            var reply = respond(request);
            await stream.WriteAsync(reply.Bytes, listener.Stopping);
            if (reply.Reset)
                socket.LingerState = new LingerOption(true, 0);
            else
                socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client closed the connection, or the server stops.
        }
    }

    private async Task<Stream> OpenAsync(Stream stream)
    {
        if (certificate is null)
            return stream;
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, listener.Stopping);
        return secure;
    }
}

/// <summary>The response: these bytes, and then FIN or RST.</summary>
internal sealed record RawReply(ReadOnlyMemory<byte> Bytes, bool Reset = false)
{
    public static RawReply Json(string json, string status = "200 OK") => new(Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\nConnection: close\r\n\r\n{json}"));
}
