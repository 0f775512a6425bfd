using System.Net;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class ResumedDownloadTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(nameof(BodyEnding.Break))]
    [InlineData(nameof(BodyEnding.Complete))]
    [InlineData(nameof(BodyEnding.Stall))]
    public async Task An_interrupted_video_is_resumed_where_it_ended(string ending)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000, Enum.Parse<BodyEnding>(ending)));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(50_001, Enum.Parse<BodyEnding>(ending)));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([null, 100_000, 150_001], fixture.Host.Starts);
        Assert.Equal([null, "\"v1\"", "\"v1\""], fixture.Host.Requests.Select(request => request.IfRange));
        Assert.Equal(fixture.Host.Video.Length, fixture.Host.Sent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"v1\"")]
    public async Task A_video_with_a_date_but_no_strong_tag_is_resumed_where_it_ended(string? tag)
    {
        (fixture.Host.Tag, fixture.Host.LastModified) = (tag, new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([null, 100_000, 200_000], fixture.Host.Starts);
        Assert.All(fixture.Host.Requests, request => Assert.Null(request.IfRange));
        Assert.Equal(2, fixture.Host.Requests.Count(request => request.Headers.Contains("If-Unmodified-Since: Wed, 01 Jul 2026 12:00:00 GMT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_video_whose_date_changes_starts_again()
    {
        var host = fixture.Host;
        (host.Tag, host.LastModified) = (null, new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        host.Replies.Enqueue(host.Cut(100_000));
        host.Replies.Enqueue(request =>
        {
            (host.Video, host.LastModified) = (TestVideo.Of(300_000, seed: 2), host.LastModified + TimeSpan.FromSeconds(1));
            return host.Serve(request);
        });

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_host_that_times_out_before_its_response_is_asked_again()
    {
        var host = fixture.Host;
        host.Replies.Enqueue(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "The test refuses."));
        host.Replies.Enqueue(VideoFileHost.Status(HttpStatusCode.ServiceUnavailable));
        host.Replies.Enqueue(
            VideoFileHost.Status(HttpStatusCode.TooManyRequests, response => response.Headers.RetryAfter = new(TimeSpan.FromSeconds(3))));
        host.Replies.Enqueue(host.Cut(0, BodyEnding.Stall));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal(5, host.Requests.Count);
    }

    [Fact]
    public async Task A_later_call_resumes_the_part_of_an_earlier_one()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(120_000));
        for (var i = 0; i < 5; i++)
            fixture.Host.Replies.Enqueue(fixture.Host.Cut(0));
        var failure = await fixture.FailAsync();

        await fixture.DownloadAsync();

        Assert.Equal("gen-1", failure.GenerationId);
        fixture.AssertComplete();
        Assert.Equal([null, .. Enumerable.Repeat<long?>(120_000, 6)], fixture.Host.Starts);
        Assert.Equal(fixture.Host.Video.Length, fixture.Host.Sent);
    }

    [Theory]
    [InlineData("other\n\"v1\"")]
    [InlineData("gen-1\n-")]
    public async Task A_part_of_another_video_or_without_a_tag_is_replaced(string mark)
    {
        await File.WriteAllBytesAsync(fixture.Part, fixture.Host.Video[..90_000], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(fixture.Part + ".tag", mark, TestContext.Current.CancellationToken);

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        Assert.Equal([null], fixture.Host.Starts);
    }

    [Theory]
    [InlineData("gen-1\nW/\"v1\"")]
    [InlineData("gen-1\n\"v")]
    [InlineData("gen-1")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_part_that_no_download_has_written_is_an_error_and_stays_as_it_is(string? mark)
    {
        await File.WriteAllTextAsync(fixture.Part, "mine", TestContext.Current.CancellationToken);
        if (mark is not null)
            await File.WriteAllTextAsync(fixture.Part + ".tag", mark, TestContext.Current.CancellationToken);

        var failure = await fixture.FailAsync(new DownloadOptions { Overwrite = true });

        Assert.Contains($"'{fixture.Part}'", failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(fixture.Part, TestContext.Current.CancellationToken));
        Assert.Equal(mark, mark is null ? null : await File.ReadAllTextAsync(fixture.Part + ".tag", TestContext.Current.CancellationToken));
        Assert.Empty(fixture.Host.Requests);
    }

    [Fact]
    public async Task A_part_of_the_SDK_without_a_strong_tag_is_recognized_and_replaced()
    {
        fixture.Host.Tag = null;
        for (var i = 0; i < 6; i++)
            fixture.Host.Replies.Enqueue(fixture.Host.Cut(120_000));
        _ = await fixture.FailAsync();
        Assert.Equal(["video.mp4.part", "video.mp4.part.tag"], fixture.FileNames);

        await fixture.DownloadAsync();

        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_byte_on_each_connection_ends_after_40_reconnects_with_pauses_between_them()
    {
        for (var i = 0; i < 100; i++)
            fixture.Host.Replies.Enqueue(fixture.Host.Cut(1));

        var failure = await fixture.FailAsync();

        Assert.Contains("41 connections brought less than 65536 bytes", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 41).Select(start => start == 0 ? null : (long?)start), fixture.Host.Starts);
        // 0.5 + 1 + 2 + 4 s, and 8 s 36 times.
        Assert.Equal(TimeSpan.FromSeconds(7.5 + (36 * 8)), fixture.Clock.GetElapsedTime(0));
        Assert.Equal(41, new FileInfo(fixture.Part).Length);
    }

    [Fact]
    public async Task A_reconnect_waits_unless_the_previous_connection_made_progress()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(65_536));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(65_535));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(1));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(10));

        await fixture.DownloadAsync();

        fixture.AssertComplete();
        // No pause after the first connection, and 1 s after the second. The third completes 65,536 bytes, so that the pauses start again at 0.5 s.
        Assert.Equal(TimeSpan.FromSeconds(1 + 0.5 + 1), fixture.Clock.GetElapsedTime(0));
    }
}
