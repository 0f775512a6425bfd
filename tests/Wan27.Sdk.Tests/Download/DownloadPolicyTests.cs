using System.Net;
using System.Numerics;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>Which addresses are allowed.</summary>
public sealed class DownloadPolicyTests
{
    [Theory]
    [InlineData("video.mp4", false, "The address of the video is relative; it must be absolute.")]
    [InlineData("http://cdn.example/video.mp4", false, "The address of the video has the scheme 'http'; only https is fetched.")]
    [InlineData("ftp://cdn.example/video.mp4", true, "The address of the video has the scheme 'ftp'; only https is fetched.")]
    [InlineData("https://user@cdn.example/video.mp4", true, "The address of the video, on cdn.example, contains user information, which is not sent.")]
    [InlineData("http://cdn.example/video.mp4", true, null)]
    [InlineData("https://cdn.example/video.mp4", false, null)]
    public void A_refused_address_has_a_reason(string address, bool allowPrivate, string? reason)
    {
        var policy = new DownloadPolicy(allowPrivate, AllowLoopback: true);

        var refusal = Record.Exception(() => policy.Check(new Uri(address, UriKind.RelativeOrAbsolute)));

        Assert.Equal(reason, refusal?.Message);
    }

    [Fact]
    public void Plain_HTTP_on_loopback_is_allowed_only_for_an_API_on_loopback()
    {
        var video = new Uri("http://127.0.0.1/video.mp4");

        new DownloadPolicy(AllowPrivate: false, AllowLoopback: true).Check(video);
        Assert.Throws<WanDownloadException>(() => new DownloadPolicy(AllowPrivate: false, AllowLoopback: false).Check(video));
    }

    [Theory]
    [InlineData("http://emulator:8027/video.mp4", true)]
    [InlineData("http://EMULATOR:8027/video.mp4", true)]
    [InlineData("http://emulator:8028/video.mp4", false)]
    [InlineData("http://emulator.example:8027/video.mp4", false)]
    public void Plain_HTTP_is_allowed_on_the_host_and_port_of_an_API_over_HTTP(string address, bool isAllowed)
    {
        var policy = new DownloadPolicy(AllowPrivate: false, AllowLoopback: false) { Emulator = new Uri("http://emulator:8027") };

        Assert.Equal(isAllowed, Record.Exception(() => policy.Check(new Uri(address))) is null);
    }

    [Theory]
    [InlineData("9.255.255.255", true), InlineData("10.0.0.0", false), InlineData("10.255.255.255", false), InlineData("11.0.0.0", true)]
    [InlineData("100.63.255.255", true), InlineData("100.127.255.255", false), InlineData("100.128.0.0", true)]
    [InlineData("172.15.255.255", true), InlineData("172.32.0.0", true), InlineData("192.0.1.0", true), InlineData("198.20.0.0", true)]
    [InlineData("223.255.255.255", true), InlineData("224.0.0.0", false), InlineData("::ffff:10.0.0.1", false), InlineData("::ffff:8.8.8.8", true)]
    [InlineData("2606:4700::a00:1", true), InlineData("2001:4860::1", true), InlineData("fbff::1", true), InlineData("fe00::1", true)]
    public void Only_public_addresses_are_allowed(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new DownloadPolicy(AllowPrivate: false, AllowLoopback: true).IsAllowed(IPAddress.Parse(address)));

    [Theory]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("64:ff9b:1::808:808", false)]
    public void A_NAT64_address_is_judged_by_the_IPv4_address_inside(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new DownloadPolicy(AllowPrivate: false, AllowLoopback: false).IsAllowed(IPAddress.Parse(address)));

    [Theory]
    [InlineData("198.18.0.5", true)]
    [InlineData("198.19.255.255", true)]
    [InlineData("10.20.1.1", true)]
    [InlineData("::ffff:10.20.1.1", true)]
    [InlineData("64:ff9b::a14:101", true)]
    [InlineData("fd00:1::1", true)]
    [InlineData("10.21.0.1", false)]
    [InlineData("127.0.0.1", false)]
    public void Only_the_trusted_networks_are_allowed_as_well(string address, bool isAllowed)
    {
        var policy = new DownloadPolicy(AllowPrivate: false, AllowLoopback: false)
        {
            Trusted = [IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("10.20.0.0/16"), IPNetwork.Parse("fd00:1::/32")],
        };

        Assert.Equal(isAllowed, policy.IsAllowed(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("198.18.0.5", "198.18.0.5, which is in 198.18.0.0/15 (reserved for benchmarks, and used by the DNS of some VPN clients).")]
    [InlineData("10.0.0.1", "10.0.0.1, which is in 10.0.0.0/8 (a private network).")]
    [InlineData("169.254.169.254", "169.254.169.254, which is in 169.254.0.0/16 (a link-local network).")]
    [InlineData("64:ff9b::7f00:1", "64:ff9b::7f00:1, which is in 127.0.0.0/8 (loopback).")]
    public void A_refusal_names_the_address_the_reason_and_the_settings(string address, string named) => Assert.Equal(
        $"The file host cdn.example has the address {named} "
        + "To download from there, set WanVideoClientOptions.TrustedDownloadNetworks or WanVideoClientOptions.AllowPrivateDownloads.",
        new DownloadPolicy(AllowPrivate: false, AllowLoopback: false).Refused("cdn.example", [IPAddress.Parse("8.8.8.8"), IPAddress.Parse(address)]).Message
            .Replace(IPAddress.Parse(address).ToString(), address, StringComparison.Ordinal));

    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255"), InlineData("10.0.0.0", "10.255.255.255"), InlineData("100.64.0.0", "100.127.255.255")]
    [InlineData("127.0.0.0", "127.255.255.255"), InlineData("169.254.0.0", "169.254.255.255"), InlineData("172.16.0.0", "172.31.255.255")]
    [InlineData("192.0.0.0", "192.0.0.255"), InlineData("192.0.2.0", "192.0.2.255"), InlineData("192.88.99.0", "192.88.99.255")]
    [InlineData("192.168.0.0", "192.168.255.255"), InlineData("198.18.0.0", "198.19.255.255"), InlineData("198.51.100.0", "198.51.100.255")]
    [InlineData("203.0.113.0", "203.0.113.255"), InlineData("224.0.0.0", "255.255.255.255")]
    [InlineData("::", "::ffff:ffff"), InlineData("::ffff:0:0:0", "::ffff:0:ffff:ffff"), InlineData("64:ff9b::", "64:ff9b::ffff:ffff")]
    [InlineData("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"), InlineData("100::", "100::1:ffff:ffff:ffff:ffff")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"), InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), InlineData("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), InlineData("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void A_reserved_range_is_refused_from_its_first_address_to_its_last_and_no_further(string first, string last)
    {
        var policy = new DownloadPolicy(AllowPrivate: false, AllowLoopback: false);

        Assert.Equal((false, false), (policy.IsAllowed(IPAddress.Parse(first)), policy.IsAllowed(IPAddress.Parse(last))));
        foreach (var outside in new[] { Neighbor(first, -1), Neighbor(last, 1) }.OfType<IPAddress>())
            Assert.True(policy.IsAllowed(outside), $"{outside}");
    }

    // Null if there is none: before the first address of all and after the last.
    private static IPAddress? Neighbor(string address, int step)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + step;
        if (number < 0 || number >> (8 * bytes.Length) > 0)
            return null;
        var neighbor = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[bytes.Length - neighbor.Length], .. neighbor]);
    }

    [Theory]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("::ffff:127.0.0.1", true, true)]
    [InlineData("::1", true, true)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("::1", false, false)]
    public void Loopback_is_allowed_if_the_API_is_on_loopback(string address, bool allowLoopback, bool isAllowed) =>
        Assert.Equal(isAllowed, new DownloadPolicy(AllowPrivate: false, allowLoopback).IsAllowed(IPAddress.Parse(address)));
}
