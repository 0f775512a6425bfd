using System.Net;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Download;

public sealed class ResumedDownloadTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(nameof(Ending.Break))]
    [InlineData(nameof(Ending.Whole))]
    [InlineData(nameof(Ending.Silence))]
    public async Task A_film_that_breaks_off_goes_on_where_it_ended(string ending)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000, Enum.Parse<Ending>(ending)));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(50_001, Enum.Parse<Ending>(ending)));

        await fixture.DownloadAsync();

        fixture.AssertWhole();
        Assert.Equal([null, 100_000, 150_001], fixture.Host.Starts);
        Assert.Equal([null, "\"v1\"", "\"v1\""], fixture.Host.Requests.Select(request => request.IfRange));
        Assert.Equal(fixture.Host.Film.Length, fixture.Host.Sent);
    }

    [Fact]
    public async Task A_host_that_is_silent_before_its_answer_is_asked_again()
    {
        var host = fixture.Host;
        host.Replies.Enqueue(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "The test refuses."));
        host.Replies.Enqueue(FilmHost.Status(HttpStatusCode.ServiceUnavailable));
        host.Replies.Enqueue(FilmHost.Status(HttpStatusCode.TooManyRequests, answer => answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(3))));
        host.Replies.Enqueue(host.Cut(0, Ending.Silence));

        await fixture.DownloadAsync();

        fixture.AssertWhole();
        Assert.Equal(5, host.Requests.Count);
    }

    [Fact]
    public async Task A_later_call_goes_on_with_what_an_earlier_one_left()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(120_000));
        for (var i = 0; i < 5; i++)
            fixture.Host.Replies.Enqueue(fixture.Host.Cut(0));
        var failure = await fixture.FailAsync();

        await fixture.DownloadAsync();

        Assert.Equal("gen-1", failure.GenerationId);
        fixture.AssertWhole();
        Assert.Equal([null, .. Enumerable.Repeat<long?>(120_000, 6)], fixture.Host.Starts);
        Assert.Equal(fixture.Host.Film.Length, fixture.Host.Sent);
    }

    [Theory]
    [InlineData("other\n\"v1\"")]
    [InlineData("gen-1\nW/\"v1\"")]
    [InlineData("gen-1\n\"v")]
    [InlineData("gen-1")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_an_earlier_call_left_is_worth_nothing_without_a_mark_of_this_film(string? mark)
    {
        await File.WriteAllBytesAsync(fixture.Part, fixture.Host.Film[..90_000], TestContext.Current.CancellationToken);
        if (mark is not null)
            await File.WriteAllTextAsync(fixture.Part + ".tag", mark, TestContext.Current.CancellationToken);

        await fixture.DownloadAsync();

        fixture.AssertWhole();
        Assert.Equal([null], fixture.Host.Starts);
    }
}
