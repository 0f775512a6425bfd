using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class DownloadedStreamTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_seekable_stream_gets_the_video_again_after_its_existing_content()
    {
        using var destination = new MemoryStream();
        destination.Write("before"u8);
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Complete());

        await fixture.Client.DownloadAsync(fixture.Generation, destination, cancellationToken: Cancellation);

        Assert.True(destination.ToArray().AsSpan().SequenceEqual([.. "before"u8, .. fixture.Host.Video]));
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_resumed_or_is_an_error()
    {
        using var kept = new MemoryStream();
        await using var oneWay = new OneWayStream(kept);
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));

        await fixture.Client.DownloadAsync(fixture.Generation, oneWay, cancellationToken: Cancellation);
        Assert.True(kept.ToArray().AsSpan().SequenceEqual(fixture.Host.Video));

        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Complete());
        var failure = await Assert.ThrowsAsync<WanDownloadException>(() =>
            fixture.Client.DownloadAsync(fixture.Generation, oneWay, cancellationToken: Cancellation));
        Assert.Contains("does not continue", failure.Message, StringComparison.Ordinal);
        Assert.Equal("gen-1", failure.GenerationId);
    }

    [Fact]
    public async Task A_video_is_passed_on_as_it_arrives_and_recovers()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000, BodyEnding.Stall));
        using var response = new MemoryStream();

        await using (var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation))
        {
            Assert.Equal(fixture.Host.Video.Length, video.Length);
            await video.CopyToAsync(response, Cancellation);
        }

        Assert.True(response.ToArray().AsSpan().SequenceEqual(fixture.Host.Video));
        Assert.Equal([null, 100_000, 200_000], fixture.Host.Starts);
    }

    [Fact]
    public async Task A_stream_seeks_where_the_host_serves_ranges()
    {
        fixture.Host.AcceptsRanges = true;
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        Assert.True(video.CanSeek);

        foreach (var position in new[] { 200_000, 1_000, fixture.Host.Video.Length - 10, 0 })
        {
            video.Position = position;
            var part = new byte[10];
            await video.ReadExactlyAsync(part, Cancellation);

            Assert.Equal(fixture.Host.Video[position..(position + 10)], part);
            Assert.Equal(position + 10, video.Position);
        }

        Assert.Equal([null, 200_000, 1_000, fixture.Host.Video.Length - 10, null], fixture.Host.Starts);
        Assert.All(fixture.Host.Requests.Where(request => request.From is not null), request => Assert.Equal(fixture.Host.Tag, request.IfRange));
    }

    [Fact]
    public async Task A_stream_that_was_moved_resumes_and_ends_at_its_end()
    {
        fixture.Host.AcceptsRanges = true;
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(100_000));
        using var rest = new MemoryStream();

        video.Seek(-250_000, SeekOrigin.End);
        await video.CopyToAsync(rest, Cancellation);

        Assert.True(rest.ToArray().AsSpan().SequenceEqual(fixture.Host.Video.AsSpan(fixture.Host.Video.Length - 250_000)));
        Assert.Equal([null, fixture.Host.Video.Length - 250_000, fixture.Host.Video.Length - 150_000], fixture.Host.Starts);
        video.Position = video.Length;
        Assert.Equal(0, await video.ReadAsync(new byte[10], Cancellation));
        Assert.Equal(3, fixture.Host.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_changed_since_is_not_continued_at_another_position()
    {
        fixture.Host.AcceptsRanges = true;
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        fixture.Host.Tag = "\"v2\"";

        video.Position = 1_000;

        var error = await Assert.ThrowsAsync<WanDownloadException>(async () => _ = await video.ReadAsync(new byte[10], Cancellation));
        Assert.Contains("does not continue", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "\"v1\"", null)]
    [InlineData(true, null, null)]
    [InlineData(true, "W/\"v1\"", null)]
    [InlineData(true, "\"v1\"", "AB")]
    public async Task A_stream_does_not_seek_without_ranges_a_version_or_while_a_digest_is_calculated(bool acceptsRanges, string? tag, string? sha256)
    {
        (fixture.Host.AcceptsRanges, fixture.Host.Tag) = (acceptsRanges, tag);
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, new DownloadOptions { Sha256 = sha256 is null ? null : new string('A', 64) }, Cancellation);

        Assert.False(video.CanSeek);
        Assert.Throws<NotSupportedException>(() => video.Position = 0);
    }

    [Fact]
    public async Task A_reader_who_knows_the_length_gets_the_last_byte_only_of_a_valid_video()
    {
        fixture.Host.Video = fixture.Host.Video[..^1_000];
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);

        await Assert.ThrowsAsync<WanDownloadException>(() => video.ReadExactlyAsync(new byte[video.Length], Cancellation).AsTask());
    }

    [Fact]
    public async Task A_slow_reader_does_not_time_out()
    {
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        var (buffer, read) = (new byte[10_000], 0);

        while (await video.ReadAsync(buffer, Cancellation) is > 0 and var count)
        {
            Assert.True(buffer.AsSpan(0, count).SequenceEqual(fixture.Host.Video.AsSpan(read, count)));
            read += count;
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(0, fixture.Clock.Limits);
        }

        Assert.Equal(fixture.Host.Video.Length, read);
        Assert.Single(fixture.Host.Requests);
    }

    [Fact]
    public async Task A_stream_that_was_closed_in_the_middle_stays_closed()
    {
        var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        _ = await video.ReadAsync(new byte[1_000], Cancellation);

        await video.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => _ = await video.ReadAsync(new byte[1_000], Cancellation));
        Assert.Single(fixture.Host.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reading_a_stream_of_a_disposed_client_reports_the_disposal(bool isInTheMidst)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(isInTheMidst ? 0 : 100_000, BodyEnding.Endless));
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        var reading = isInTheMidst ? video.ReadAsync(new byte[1_000], Cancellation) : default;

        fixture.Client.Dispose();
        var failure = await Assert.ThrowsAsync<WanDownloadException>(async () => _ = isInTheMidst ? await reading : await video.ReadAsync(new byte[1_000], Cancellation));

        Assert.StartsWith("The client was disposed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(nameof(WanVideoClient), Assert.IsType<ObjectDisposedException>(failure.InnerException).ObjectName);
        Assert.Single(fixture.Host.Requests);
    }

    [Fact]
    public async Task Downloads_of_a_disposed_client_report_the_disposal()
    {
        foreach (var reply in new VideoFileHost.Reply[]
        {
            fixture.Host.Cut(100_000, BodyEnding.Endless),
            VideoFileHost.Status(
                System.Net.HttpStatusCode.ServiceUnavailable, response => response.Headers.RetryAfter = new(TimeSpan.FromSeconds(31))),
        })
        {
            using var other = new DownloadFixture();
            var responded = new TaskCompletionSource();
            other.Host.Replies.Enqueue(request =>
            {
                responded.SetResult();
                return reply(request);
            });
            var downloading = other.DownloadAsync();
            await responded.Task.WaitAsync(Cancellation);

            other.Client.Dispose();
            var failure = await Assert.ThrowsAsync<WanDownloadException>(() => downloading.WaitAsync(Cancellation));

            Assert.StartsWith("The client was disposed", failure.Message, StringComparison.Ordinal);
            Assert.Equal("gen-1", failure.GenerationId);
            Assert.Single(other.Host.Requests);
        }
    }

    [Fact]
    public async Task A_progress_callback_that_throws_does_not_fail_the_download()
    {
        var options = new DownloadOptions { Progress = new Recorder<TransferProgress>(_ => throw new InvalidOperationException("The display is gone.")) };

        await fixture.DownloadAsync(options);

        fixture.AssertComplete();
        Assert.Single(fixture.Host.Requests);
    }

    [Fact]
    public async Task An_exception_of_a_destination_reaches_the_caller()
    {
        await using var destination = new FailingStream();

        var failure = await Assert.ThrowsAsync<WanDownloadException>(() => fixture.Client.DownloadAsync(fixture.Generation, destination, cancellationToken: Cancellation));

        Assert.Equal("The caller's own words.", Assert.IsType<IOException>(failure.InnerException).Message);
        Assert.Single(fixture.Host.Requests);
    }

    [Fact]
    public async Task A_canceled_read_throws_and_the_next_read_continues()
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Cut(0, BodyEnding.Endless));
        await using var video = await fixture.Client.OpenReadAsync(fixture.Generation, cancellationToken: Cancellation);
        using var canceling = new CancellationTokenSource();
        var reading = video.ReadAsync(new byte[1_000], canceling.Token);
        await canceling.CancelAsync();

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => _ = await reading);

        Assert.Equal(canceling.Token, canceled.CancellationToken);
        Assert.NotEqual(0, await video.ReadAsync(new byte[1_000], Cancellation));
        Assert.Equal(2, fixture.Host.Requests.Count);
    }

    [Fact]
    public async Task A_canceled_download_names_the_generation_and_leaves_its_part()
    {
        using var canceling = new CancellationTokenSource();
        var options = new DownloadOptions { Progress = new Recorder<TransferProgress>(_ => canceling.Cancel()) };

        var canceled = await Assert.ThrowsAsync<WanCanceledException>(() =>
            fixture.Client.DownloadToFileAsync(fixture.Generation, fixture.Target, options, canceling.Token));

        Assert.Equal("gen-1", canceled.GenerationId);
        Assert.Equal(["video.mp4.part", "video.mp4.part.tag"], fixture.FileNames);
    }

    [Fact]
    public async Task Progress_reports_bytes_total_and_rate_without_the_resumed_part()
    {
        await File.WriteAllBytesAsync(fixture.Part, fixture.Host.Video[..100_000], Cancellation);
        await File.WriteAllTextAsync(fixture.Part + ".tag", "gen-1\n\"v1\"\n", Cancellation);
        var reports = new List<TransferProgress>();
        var options = new DownloadOptions
        {
            Progress = new Recorder<TransferProgress>(report =>
            {
                reports.Add(report);
                fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            }),
        };

        await fixture.DownloadAsync(options);

        Assert.InRange(reports.Count, 3, 300);
        Assert.All(reports, report => Assert.Equal(300_000, report.TotalBytes));
        Assert.True(reports.Zip(reports.Skip(1)).All(pair => pair.First.Bytes <= pair.Second.Bytes));
        Assert.Equal(0, reports[0].BytesPerSecond);
        Assert.Equal((300_000, 200_000.0 / (reports.Count - 1)), (reports[^1].Bytes, reports[^1].BytesPerSecond));
    }

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The caller's own words.");
    }
}
