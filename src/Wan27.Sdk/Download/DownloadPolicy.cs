using System.Net;
using System.Net.Sockets;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Download;

/// <summary>The addresses from which a video can be downloaded. A response must not make the client connect to the application's own network.</summary>
/// <param name="AllowPrivate">Whether the caller allows http and private networks.</param>
/// <param name="AllowLoopback">Whether the API itself is on loopback, as the emulator is.</param>
internal sealed record DownloadPolicy(bool AllowPrivate, bool AllowLoopback)
{
    private const string Settings = $"{nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.TrustedDownloadNetworks)} or {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.AllowPrivateDownloads)}";

    // What is not globally reachable by IANA's registries of special-purpose addresses, what contains an IPv4 address, multicast, and what was withdrawn.
    private static readonly (IPNetwork Network, string Reason)[] Reserved =
    [
        .. In("a private network", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
        .. In("loopback", "127.0.0.0/8", "::1/128"),
        .. In("a link-local network", "169.254.0.0/16", "fe80::/10"),
        .. In("reserved for benchmarks, and used by the DNS of some VPN clients", "198.18.0.0/15"),
        .. In("shared by the customers of a provider, and used by some VPNs", "100.64.0.0/10"),
        .. In(
            "reserved",
            "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "3fff::/20", "5f00::/16", "ff00::/8"),
    ];

    private static readonly string[] LocalDomains = [".localhost", ".local", ".internal", ".home.arpa", ".lan"];

    // RFC 6052: the address of an IPv4 host as an IPv6-only network writes it.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Gets what resolves the name of a file host.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Gets the networks that the caller trusts.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];

    /// <summary>Gets the address of an API that is used over http: a video on its host and port is allowed as well.</summary>
    public Uri? Emulator { get; init; }

    /// <exception cref="WanDownloadException">The address is not allowed.</exception>
    public void Check(Uri uri)
    {
        if (!uri.IsAbsoluteUri)
            throw new WanDownloadException("The address of the video is relative; it must be absolute.") { IsFinal = true };
        var isPlainAllowed = AllowPrivate || (AllowLoopback && uri.IsLoopback) || IsOnEmulator(uri.IdnHost, uri.Port);
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && isPlainAllowed))
            throw new WanDownloadException($"The address of the video has the scheme '{uri.Scheme}'; only https is fetched.") { IsFinal = true };
        if (uri.UserInfo.Length > 0)
            throw new WanDownloadException($"The address of the video, on {uri.IdnHost}, contains user information, which is not sent.") { IsFinal = true };
    }

    /// <summary>Returns whether a connection to an address is allowed.</summary>
    public bool IsAllowed(IPAddress address) => Refusal(address) is null;

    /// <summary>
    /// Connects to a public address of the host. The address of the connection is checked, so that a name cannot change in between. The address of a proxy is
    /// the operator's choice; what it connects to is checked as far as the name shows it.
    /// </summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, IWebProxy? proxy, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var behindProxy = HostBehindProxy(context, proxy);
        if (behindProxy is not null)
            ThrowIfLocal(behindProxy);
        try
        {
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
            return await ConnectAsync(behindProxy is not null || IsOnEmulator(host, port) ? addresses : Allowed(host, addresses), port, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e) when (behindProxy is not null)
        {
            throw new DownloadFaultException($"The proxy {host}:{port} cannot be reached: {TransportFault.Describe(e)}.", DownloadRemedy.Retry, TransportFault.Sanitize(e));
        }
    }

    /// <summary>Describes which address of a host is not allowed, why, and what allows it.</summary>
    public WanDownloadException Refused(string host, IEnumerable<IPAddress> addresses)
    {
        var (address, refusal) = addresses.Select(address => (address, Refusal(address))).First(pair => pair.Item2 is not null);
        var (network, reason) = refusal!.Value;
        return new WanDownloadException($"The file host {host} has the address {address}, which is in {network} ({reason}). To download from there, set {Settings}.") { IsFinal = true };
    }

    private static IEnumerable<(IPNetwork, string)> In(string reason, params string[] networks) => networks.Select(network => (IPNetwork.Parse(network), reason));

    // A request for a tunnel names the host behind the proxy in its header. Other requests have the host's own address, also if the connection is the proxy's.
    private static string? HostBehindProxy(SocketsHttpConnectionContext context, IWebProxy? proxy)
    {
        var request = context.InitialRequestMessage;
        if (request.Method == HttpMethod.Connect)
            return request.Headers.Host is { } authority ? authority[..authority.LastIndexOf(':')].Trim('[', ']') : "";
        var isDirect = context.DnsEndPoint.Port == request.RequestUri!.Port && context.DnsEndPoint.Host.Equals(request.RequestUri.IdnHost, StringComparison.OrdinalIgnoreCase);
        return !isDirect && proxy?.GetProxy(request.RequestUri) is not null ? request.RequestUri.IdnHost : null;
    }

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private IPAddress[] Allowed(string host, IPAddress[] addresses) =>
        addresses.Where(IsAllowed).ToArray() is { Length: > 0 } allowed ? allowed : throw Refused(host, addresses);

    // The proxy resolves the name, so that only the name can be judged here.
    private void ThrowIfLocal(string host)
    {
        if (IPAddress.TryParse(host, out var literal))
            _ = Allowed(host, [literal]);
        else if (!AllowPrivate && IsLocalName(host.TrimEnd('.')))
            throw new WanDownloadException($"The file host {host} has a local name, to which the proxy is not asked to connect. To download from there, set {nameof(WanVideoClientOptions)}.{nameof(WanVideoClientOptions.AllowPrivateDownloads)}.") { IsFinal = true };
    }

    private static bool IsLocalName(string host) =>
        !host.Contains('.') || LocalDomains.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private (IPNetwork Network, string Reason)? Refusal(IPAddress address)
    {
        var actual = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12)) : address;
        if (AllowPrivate || (AllowLoopback && IPAddress.IsLoopback(actual)) || Trusted.Any(network => network.Contains(actual) || network.Contains(address)))
            return null;
        foreach (var reserved in Reserved)
        {
            if (reserved.Network.Contains(actual))
                return reserved;
        }

        return null;
    }

    private bool IsOnEmulator(string host, int port) =>
        Emulator is not null && Emulator.Port == port && Emulator.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);
}
