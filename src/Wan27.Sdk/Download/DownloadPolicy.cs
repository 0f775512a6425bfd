using System.Net;
using System.Net.Sockets;

namespace Wan27.Sdk.Download;

/// <summary>The addresses from which a video can be downloaded. A response must not make the client connect to the application's own network.</summary>
/// <param name="AllowPrivate">Whether the caller allows http and private networks.</param>
/// <param name="AllowLoopback">Whether the API itself is on loopback, as the emulator is.</param>
internal sealed record DownloadPolicy(bool AllowPrivate, bool AllowLoopback)
{
    // What is not globally reachable by IANA's registries of special-purpose addresses, what contains an IPv4 address, multicast, and what was withdrawn.
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Gets the address of an API that is used over http: a video on its host and port is allowed as well.</summary>
    public Uri? Emulator { get; init; }

    /// <exception cref="WanDownloadException">The address is not allowed.</exception>
    public void Check(Uri uri)
    {
        if (!uri.IsAbsoluteUri)
            throw new WanDownloadException("The address of the video is relative; it must be absolute.");
        var isPlainAllowed = AllowPrivate || (AllowLoopback && uri.IsLoopback) || IsOnEmulator(uri.IdnHost, uri.Port);
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && isPlainAllowed))
            throw new WanDownloadException($"The address of the video has the scheme '{uri.Scheme}'; only https is fetched.");
        if (uri.UserInfo.Length > 0)
            throw new WanDownloadException($"The address of the video, on {uri.IdnHost}, contains user information, which is not sent.");
    }

    /// <summary>Returns whether a connection to an address is allowed.</summary>
    public bool IsAllowed(IPAddress address)
    {
        var actual = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AllowPrivate || (AllowLoopback && IPAddress.IsLoopback(actual)) || !Reserved.Any(network => network.Contains(actual));
    }

    /// <summary>Connects to a public address of the host. The address of the connection is checked, so that a name cannot change in between.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        var allowed = IsOnEmulator(host, context.DnsEndPoint.Port) ? addresses : [.. addresses.Where(IsAllowed)];
        if (allowed.Length == 0)
        {
            throw new WanDownloadException(
                $"The file host {host} is in a private network; set {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.AllowPrivateDownloads)} to fetch it from there.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsOnEmulator(string host, int port) =>
        Emulator is not null && Emulator.Port == port && Emulator.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
}
