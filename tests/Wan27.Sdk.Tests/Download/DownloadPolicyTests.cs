using System.Net;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>Which addresses are gone to.</summary>
public sealed class DownloadPolicyTests
{
    [Theory]
    [InlineData("film.mp4", false, "The address of the video is relative; it must be absolute.")]
    [InlineData("http://cdn.example/film.mp4", false, "The address of the video has the scheme 'http'; only https is fetched.")]
    [InlineData("ftp://cdn.example/film.mp4", true, "The address of the video has the scheme 'ftp'; only https is fetched.")]
    [InlineData("https://user@cdn.example/film.mp4", true, "The address of the video, on cdn.example, contains user information, which is not sent.")]
    [InlineData("http://cdn.example/film.mp4", true, null)]
    [InlineData("https://cdn.example/film.mp4", false, null)]
    public void An_address_that_is_not_gone_to_says_why(string address, bool allowPrivate, string? reason)
    {
        var policy = new DownloadPolicy(allowPrivate, AllowLoopback: true);

        var refusal = Record.Exception(() => policy.Check(new Uri(address, UriKind.RelativeOrAbsolute)));

        Assert.Equal(reason, refusal?.Message);
    }

    [Fact]
    public void Plain_http_on_loopback_is_for_an_api_that_is_there_itself()
    {
        var film = new Uri("http://127.0.0.1/film.mp4");

        new DownloadPolicy(AllowPrivate: false, AllowLoopback: true).Check(film);
        Assert.Throws<WanDownloadException>(() => new DownloadPolicy(AllowPrivate: false, AllowLoopback: false).Check(film));
    }

    [Theory]
    [InlineData("9.255.255.255", true), InlineData("10.0.0.0", false), InlineData("10.255.255.255", false), InlineData("11.0.0.0", true)]
    [InlineData("100.63.255.255", true), InlineData("100.127.255.255", false), InlineData("100.128.0.0", true)]
    [InlineData("172.15.255.255", true), InlineData("172.32.0.0", true), InlineData("192.0.1.0", true), InlineData("198.20.0.0", true)]
    [InlineData("223.255.255.255", true), InlineData("224.0.0.0", false), InlineData("::ffff:10.0.0.1", false), InlineData("::ffff:8.8.8.8", true)]
    [InlineData("2606:4700::a00:1", true), InlineData("2001:4860::1", true), InlineData("fbff::1", true), InlineData("fe00::1", true)]
    public void What_is_public_is_dialled(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new DownloadPolicy(AllowPrivate: false, AllowLoopback: true).IsAllowed(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("::ffff:127.0.0.1", true, true)]
    [InlineData("::1", true, true)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("::1", false, false)]
    public void Loopback_is_dialled_where_the_api_is(string address, bool allowLoopback, bool isAllowed) =>
        Assert.Equal(isAllowed, new DownloadPolicy(AllowPrivate: false, allowLoopback).IsAllowed(IPAddress.Parse(address)));
}
