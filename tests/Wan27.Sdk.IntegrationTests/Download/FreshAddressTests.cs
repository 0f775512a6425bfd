using System.Net;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class FreshAddressTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task An_expired_address_is_replaced_by_reading_the_generation(HttpStatusCode status)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(VideoFileHost.Status(status));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal(["GET"], fixture.ApiCalls);
        Assert.Equal(["?signature=s", "?signature=s", "?fresh=1"], fixture.Host.Requests.Select(request => request.Uri.Query));
        Assert.Equal([null, 100_000, 100_000], fixture.Host.Starts);
    }

    [Theory]
    [InlineData("<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>", true)]
    [InlineData("<Error><Code>RequestExpired</Code></Error>", true)]
    [InlineData("<Error><Code>InvalidArgument</Code></Error>", false)]
    [InlineData("", false)]
    public async Task Status_400_with_the_code_of_an_expired_address_counts_as_such(string body, bool isExpired)
    {
        fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.BadRequest, response => response.Content = new StringContent(body)));

        var failure = await Record.ExceptionAsync(() => fixture.DownloadAsync());

        Assert.Equal(isExpired, failure is null);
        Assert.Equal(isExpired ? 1 : 0, fixture.ApiCalls.Count());
    }

    [Fact]
    public async Task The_generation_is_read_at_most_twice()
    {
        for (var i = 0; i < 10; i++)
            fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.Forbidden));

        Assert.Contains("403", (await fixture.FailAsync()).Message, StringComparison.Ordinal);

        Assert.Equal(["GET", "GET"], fixture.ApiCalls);
        Assert.Equal(["?signature=s", "?fresh=1", "?fresh=2"], fixture.Host.Requests.Select(request => request.Uri.Query));
    }

    [Fact]
    public async Task The_generation_is_read_at_most_twice_even_if_the_video_starts_again_each_time()
    {
        fixture.Host.Tag = null;
        for (var i = 0; i < 20; i++)
        {
            fixture.Host.Replies.Enqueue(fixture.Host.Cut(1_000));
            fixture.Host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.Forbidden));
        }

        _ = await fixture.FailAsync();

        Assert.Equal(["GET", "GET"], fixture.ApiCalls);
    }
}
