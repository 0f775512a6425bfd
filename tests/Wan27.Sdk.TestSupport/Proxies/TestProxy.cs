using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Wan27.Sdk.TestSupport;

/// <summary>A proxy on loopback, for CONNECT and SOCKS5, and a file host behind it, with one video and a certificate of a private authority.</summary>
internal sealed class TestProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly byte[] video;
    private readonly string? credentials;
    private readonly X509Certificate2 certificate;

    /// <param name="video">The video of the file host.</param>
    /// <param name="host">The name of the file host.</param>
    /// <param name="credentials">The user and the password that the proxy requires, with a colon between them; null for none.</param>
    public TestProxy(byte[] video, string host = "cdn.example", string? credentials = null)
    {
        (this.video, this.credentials) = (video, credentials);
        (Authority, certificate) = Issue(host);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets the certificate of the authority, without its key.</summary>
    public X509Certificate2 Authority { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Gets the hosts and ports to which the proxy was asked to connect, in order.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    /// <summary>Creates a handler that uses the proxy and trusts the authority.</summary>
    public SocketsHttpHandler Handler(string scheme = "http", ICredentials? user = null) => new()
    {
        Proxy = new WebProxy($"{scheme}://127.0.0.1:{Port}") { Credentials = user },
        SslOptions = { CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { Authority }, RevocationMode = X509RevocationMode.NoCheck } },
    };

    public void Dispose()
    {
        listener.Stop();
        Authority.Dispose();
        certificate.Dispose();
    }

    private static (X509Certificate2 Authority, X509Certificate2 Certificate) Issue(string host)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=A private authority", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-2), now.AddDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(root, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4]);
        return (X509Certificate2.CreateFromPem(root.ExportCertificatePem()), signed.CopyWithPrivateKey(key));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The proxy has stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var first = new byte[1];
            await stream.ReadExactlyAsync(first);
            if (!(first[0] == 5 ? await OpenSocksAsync(stream) : await OpenTunnelAsync(stream)))
                return;
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(certificate);
            _ = await HeadAsync(secure);
            await secure.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {video.Length}\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n"));
            await secure.WriteAsync(video);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or ObjectDisposedException)
        {
            // The client has closed the connection.
        }
    }

    private async Task<bool> OpenTunnelAsync(NetworkStream stream)
    {
        // A client may send its credentials after the proxy has asked for them, on the same connection.
        for (var line = "C" + await HeadAsync(stream); line.StartsWith("CONNECT ", StringComparison.Ordinal); line = await HeadAsync(stream))
        {
            Targets.Enqueue(line.Split(' ')[1]);
            if (credentials is null || line.Contains($"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials))}\r\n", StringComparison.Ordinal))
            {
                await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
                return true;
            }

            await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        }

        return false;
    }

    // RFC 1928, without authentication, with a name as the destination.
    private async Task<bool> OpenSocksAsync(NetworkStream stream)
    {
        var methods = new byte[1];
        await stream.ReadExactlyAsync(methods);
        await stream.ReadExactlyAsync(new byte[methods[0]]);
        await stream.WriteAsync(new byte[] { 5, 0 });
        var request = new byte[5];
        await stream.ReadExactlyAsync(request);
        var destination = new byte[request[4] + 2];
        await stream.ReadExactlyAsync(destination);
        Targets.Enqueue($"{Encoding.ASCII.GetString(destination[..^2])}:{(destination[^2] << 8) + destination[^1]}");
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 });
        return true;
    }

    private static async Task<string> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(next) > 0)
            head.Append((char)next[0]);
        return head.ToString();
    }
}
