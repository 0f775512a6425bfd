using System.Net;
using System.Net.Http.Headers;
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

    [Fact]
    public async Task A_film_begins_anew_where_the_host_ignores_the_range()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Whole());

        await fixture.DownloadAsync();

        fixture.AssertWhole();
        Assert.Equal([null, 100_000, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task A_film_begins_anew_where_the_host_has_another_version()
    {
        var host = fixture.Host;
        host.Replies.Enqueue(host.Cut(100_000));
        host.Replies.Enqueue(request =>
        {
            (host.Film, host.Tag) = (Film.Of(310_000, seed: 2), "\"v2\"");
            return host.Serve(request);
        });

        await fixture.DownloadAsync();

        fixture.AssertWhole();
    }

    [Theory]
    [InlineData("bytes 99999-299999/300000", "\"v1\"")]
    [InlineData("bytes 100001-299999/300000", "\"v1\"")]
    [InlineData("bytes 100000-299998/299999", "\"v1\"")]
    [InlineData("pages 100000-299999/300000", "\"v1\"")]
    [InlineData("bytes 100000-299999/300000", "\"v2\"")]
    [InlineData("bytes 100000-299999/300000", "W/\"v1\"")]
    [InlineData("bytes 100000-299999/300000", null)]
    [InlineData(null, "\"v1\"")]
    public async Task A_part_of_another_place_or_version_is_never_joined(string? range, string? tag)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(FilmHost.Status(HttpStatusCode.PartialContent, answer =>
        {
            answer.Content = new ByteArrayContent(new byte[200_000]);
            answer.Content.Headers.ContentRange = range is null ? null : ContentRangeHeaderValue.Parse(range);
            answer.Headers.ETag = tag is null ? null : EntityTagHeaderValue.Parse(tag);
        }));

        await fixture.DownloadAsync();

        fixture.AssertWhole();
        Assert.Equal([null, 100_000, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task Without_a_strong_tag_a_film_begins_anew()
    {
        fixture.Host.Tag = "W/\"v1\"";
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));

        await fixture.DownloadAsync();

        fixture.AssertWhole();
        Assert.Equal([null, null], fixture.Host.Starts);
    }

    [Fact]
    public async Task A_version_that_changes_before_the_first_byte_is_the_one_that_is_remembered()
    {
        var (host, second) = (fixture.Host, Film.Of(300_000, seed: 2));
        var first = host.Film;
        host.Replies.Enqueue(host.Cut(0));
        host.Replies.Enqueue(request =>
        {
            (host.Film, host.Tag) = (second, "\"v2\"");
            return host.Cut(100_000)(request);
        });
        for (var i = 0; i < 5; i++)
            host.Replies.Enqueue(host.Cut(0));
        _ = await fixture.FailAsync();
        (host.Film, host.Tag) = (first, "\"v1\"");

        await fixture.DownloadAsync();

        fixture.AssertWhole();
    }
}
