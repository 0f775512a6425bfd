using System.Net;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class RedirectTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task At_most_five_redirects_are_followed(int redirects, bool isFetched)
    {
        for (var i = 0; i < redirects; i++)
            Redirect($"https://cdn{i}.example/video.mp4");

        var failure = await Record.ExceptionAsync(() => fixture.DownloadAsync());

        Assert.Equal(isFetched, failure is null);
        Assert.Equal(6, fixture.Host.Requests.Count);
        Assert.True(isFetched || failure is WanDownloadException { Message: var message } && message.Contains("more than 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_loop_ends()
    {
        for (var i = 0; i < 100; i++)
            Redirect("https://cdn.example/video.mp4?signature=s");

        _ = await fixture.FailAsync();

        Assert.Equal(6, fixture.Host.Requests.Count);
    }

    [Fact]
    public async Task A_relative_redirect_is_followed_and_a_part_is_asked_for_on_the_way()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        Redirect("../mirror/video.mp4");

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal("https://cdn.example/mirror/video.mp4", fixture.Host.Requests.Last().Uri.AbsoluteUri);
        Assert.Equal(100_000, fixture.Host.Starts.Last());
    }

    [Theory]
    [InlineData("http://cdn.example/video.mp4")]
    [InlineData("ftp://cdn.example/video.mp4")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("https://user:password@cdn.example/video.mp4")]
    public async Task Each_hop_is_checked(string location)
    {
        Redirect("https://mirror.example/video.mp4");
        Redirect(location);

        var failure = await fixture.FailAsync();

        Assert.DoesNotContain("password", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, fixture.Host.Requests.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://[:::]:99999/")]
    [InlineData("//[")]
    public async Task A_redirect_without_a_valid_location_is_an_error(string? location)
    {
        Redirect(location);

        Assert.Contains("302", (await fixture.FailAsync()).Message, StringComparison.Ordinal);
    }

    private void Redirect(string? location) => fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.Redirect, response =>
    {
        if (location is not null)
            response.Headers.TryAddWithoutValidation("Location", location);
    }));
}
