using System.Text;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>File hosts that do not return the video, or not completely.</summary>
public sealed class VideoFaultTests
{
    private const string Complete = "The complete video";
    private const string Failed = "`WanDownloadException`, and no file under the video's name";

    private static byte[] Video => HostileServer.Video;

    [Theory]
    [InlineData(nameof(Ending.Fin))]
    [InlineData(nameof(Ending.Reset))]
    [Fault(91, "Download", Complete + ": resumed where it ended")]
    public async Task A_video_that_is_interrupted(string ending)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = First(fixture, InFull().Cut(20_000, Enum.Parse<Ending>(ending)));

        await AssertCompleteAsync(fixture, TimeSpan.Zero);

        Assert.InRange(fixture.Server.Requests.Count, 2, 3);
    }

    [Fact]
    [Fault(92, "Download", Complete + ": resumed after an idle timeout of 30 s")]
    public async Task A_video_that_stalls()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = First(fixture, InFull().Cut(20_000, Ending.Stall));

        await AssertCompleteAsync(fixture, TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Fault(93, "Download", Failed + ", after 6 idle timeouts of 30 s")]
    public Task A_host_that_never_responds() =>
        AssertFailedAsync(Reply.Nothing.Then(Ending.Stall), (6 * TimeSpan.FromSeconds(30)) + FaultFixture.Retries, requests: 6);

    [Fact]
    [Fault(94, "Download", Failed + ", after 6 attempts")]
    public Task A_host_that_resets_each_connection() => AssertFailedAsync(Reply.Nothing.Then(Ending.Reset), FaultFixture.Retries, requests: 6);

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    [Fault(95, "Download", Failed + ", after 6 attempts")]
    public Task A_host_with_an_error(int status) => AssertFailedAsync(Reply.Of(status, default), FaultFixture.Retries, requests: 6);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [Fault(96, "Download", "The generation is read again for a fresh address, twice at most; then `WanDownloadException`")]
    public async Task An_address_that_has_expired(int status)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = First(fixture, Reply.Of(status, default));
        await AssertCompleteAsync(fixture, TimeSpan.Zero);

        await using var always = FaultFixture.Start();
        always.Server.Replacement = request => IsVideo(request) ? Reply.Of(status, default) : null;
        await FailAsync(always, TimeSpan.Zero);

        Assert.Equal((1, 2), (fixture.Server.Reads.Count(), always.Server.Reads.Count()));
    }

    [Fact]
    [Fault(97, "Download", Complete + ": resumed")]
    public async Task A_video_shorter_than_its_length()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = First(
            fixture,
            Reply.Unframed(200, Video.AsMemory(0, 49_000), $"ETag: {HostileServer.Tag}", $"Content-Length: {Video.Length}").Then(Ending.Fin));

        await AssertCompleteAsync(fixture, TimeSpan.Zero);
    }

    [Fact]
    [Fault(98, "Download", Failed + ": detected by a box that ends early")]
    public Task A_video_longer_than_its_length() =>
        AssertFailedAsync(Reply.Unframed(200, Video, "Content-Length: 40000").Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(99, "Download", Complete + ": the boxes of the video show where it ends")]
    public async Task A_video_without_a_length()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => IsVideo(request) ? Reply.Unframed(200, Video).Then(Ending.Fin) : null;

        await AssertCompleteAsync(fixture, TimeSpan.Zero);
    }

    [Fact]
    [Fault(100, "Download", Failed)]
    public Task Half_a_video_without_a_length() =>
        AssertFailedAsync(Reply.Unframed(200, Video.AsMemory(0, 30_000)).Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(101, "Download", Complete + ": started again")]
    public async Task A_range_that_is_ignored()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement =
            request => IsVideo(request) ? (fixture.Server.Requests.Count == 1 ? InFull().Cut(20_000, Ending.Fin) : InFull()) : null;

        await AssertCompleteAsync(fixture, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(206, "Content-Range: bytes 5-49999/50000")]
    [InlineData(206, "X-None: 0")]
    [InlineData(206, "Content-Range: bytes */50000")]
    [InlineData(416, "Content-Range: bytes */7")]
    [Fault(102, "Download", Complete + ": started again")]
    public async Task Another_range_than_requested(int status, string header)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => fixture.Server.Requests.Count switch
        {
            1 => InFull().Cut(20_000, Ending.Fin),
            2 => Reply.Of(status, Video.AsMemory(20_000), header, $"ETag: {HostileServer.Tag}"),
            _ => null,
        };

        await AssertCompleteAsync(fixture, TimeSpan.FromSeconds(10));
    }

    [Fact]
    [Fault(103, "Download", Complete + ": started again; two versions are never joined")]
    public async Task A_video_that_changes_during_the_download()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => fixture.Server.Requests.Count == 1
            ? Reply.Of(200, TestSupport.TestVideo.Of(60_000), "ETag: \"older\"").Cut(20_000, Ending.Fin)
            : null;

        await AssertCompleteAsync(fixture, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("<html><body>One moment, please</body></html>", "text/html")]
    [InlineData("{\"error\":\"gone\"}", "application/json")]
    [InlineData("", "video/mp4")]
    [Fault(104, "Download", Failed)]
    public Task A_page_in_place_of_the_video(string body, string contentType) =>
        AssertFailedAsync(Reply.Of(200, Encoding.UTF8.GetBytes(body), $"Content-Type: {contentType}"), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(105, "Download", Failed + ": nothing is decompressed")]
    public Task A_video_in_a_content_coding_that_was_not_requested() =>
        AssertFailedAsync(Reply.Of(200, Video, "Content-Encoding: gzip"), TimeSpan.Zero, requests: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Fault(106, "Download", Failed + "; at most `MaxBytes` are read")]
    public async Task A_video_larger_than_allowed(bool tells)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => tells ? InFull() : Reply.Unframed(200, Video).Then(Ending.Fin);

        var error = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(fixture.Video(), Stream.Null, new DownloadOptions { MaxBytes = 30_000 }, token), TimeSpan.Zero);

        Assert.Contains("30000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Fault(107, "Download", Failed)]
    public async Task A_video_with_another_digest()
    {
        await using var fixture = FaultFixture.Start();

        _ = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(fixture.Video(), Stream.Null, new DownloadOptions { Sha256 = new string('0', 64) }, token),
            TimeSpan.Zero);
    }

    [Theory]
    [InlineData("HTTP/1.1 2OO canary-of-the-signature\r\n\r\n")]
    [InlineData("canary-of-the-signature\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncanary-of-the-signature\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncanary of the signature: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: canary-of-the-signature\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ncanary-of-the-signature\r\n")]
    public async Task A_malformed_response_that_repeats_the_signature_is_not_quoted(string response)
    {
        await AssertFailedAsync(Reply.Raw(response), TimeSpan.FromMinutes(2));

        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => IsVideo(request) ? Reply.Raw(response) : null;
        _ = await fixture.FailsAsync<WanDownloadException>(
            async (client, token) =>
            {
                await using var video = await client.OpenReadAsync(fixture.Video(), cancellationToken: token);
                await video.CopyToAsync(Stream.Null, token);
            },
            TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(24 + 108)]
    [InlineData(24 + 108 + 16)]
    public async Task A_video_without_a_length_that_ends_between_two_boxes_is_resumed(int length)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = First(fixture, Reply.Unframed(200, Video.AsMemory(0, length), $"ETag: {HostileServer.Tag}").Then(Ending.Fin));

        await AssertCompleteAsync(fixture, TimeSpan.FromSeconds(10));

        Assert.Equal(2, fixture.Server.Requests.Count);
    }

    [Theory]
    [InlineData(24 + 108)]
    [InlineData(24 + 108 + 16)]
    public Task A_video_without_a_length_that_ends_after_its_table_of_contents_is_refused(int length) =>
        AssertFailedAsync(Reply.Unframed(200, Video.AsMemory(0, length)).Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(true, false, 2)]
    [InlineData(false, false, 2)]
    [InlineData(false, true, 2)]
    public async Task Fragments_without_a_length_are_a_video_only_if_their_end_is_known(bool isCut, bool isChunked, int fragments)
    {
        byte[] video =
        [
            .. Video[..24], .. Box("moov", Box("mvex", [])),
            .. Enumerable.Range(0, fragments).SelectMany(_ => (byte[])[.. Box("moof", new byte[8]), .. Box("mdat", new byte[9])]),
        ];
        if (!isCut)
            video = [.. video, .. Box("mfra", new byte[8])];
        var chunk = Encoding.ASCII.GetBytes($"{video.Length:x}\r\n");
        var reply = isChunked
            ? Reply.Unframed(200, (byte[])[.. chunk, .. video, .. "\r\n0\r\n\r\n"u8], "Transfer-Encoding: chunked")
            : Reply.Unframed(200, video).Then(Ending.Fin);

        if (isCut)
        {
            await AssertFailedAsync(reply, TimeSpan.Zero, requests: 1);
            return;
        }

        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => reply;
        using var destination = new MemoryStream();
        _ = await fixture.SucceedsAsync(
            async (client, token) =>
            {
                await client.DownloadAsync(fixture.Video(), destination, cancellationToken: token);
                return true;
            },
            TimeSpan.Zero);
        Assert.Equal(video, destination.ToArray());
    }

    [Fact]
    public async Task A_part_of_a_video_of_unknown_length_is_not_a_video()
    {
        byte[] video = [.. Video[..24], .. Box("moov", Box("mvex", [])), .. Box("moof", []), .. Box("mdat", new byte[9])];
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => request.Header("Range") is null
            ? Reply.Unframed(200, video.AsMemory(0, 24), $"ETag: {HostileServer.Tag}").Then(Ending.Fin)
            : Reply.Of(206, video.AsMemory(24), $"ETag: {HostileServer.Tag}", $"Content-Range: bytes 24-{video.Length - 1}/*");

        using var folder = new TemporaryFolder();
        var error = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadToFileAsync(fixture.Video(), folder["video.mp4"], cancellationToken: token), TimeSpan.FromMinutes(1));

        Assert.Contains("cannot be known", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("video.mp4", folder.FileNames);
    }

    [Fact]
    public async Task A_byte_on_each_connection_ends_with_a_pause_before_each()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request =>
        {
            var start =
                request.Header("Range") is { } range ? int.Parse(range.Split('=', '-')[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            string[] headers =
            [
                $"ETag: {HostileServer.Tag}", $"Content-Length: {Video.Length - start}", $"Content-Range: bytes {start}-{Video.Length - 1}/{Video.Length}",
            ];
            return Reply.Unframed(start == 0 ? 200 : 206, Video.AsMemory(start, 1), headers).Then(Ending.Fin);
        };

        await FailAsync(fixture, TimeSpan.FromSeconds(7.5 + (36 * 8)));

        Assert.Equal(41, fixture.Server.Requests.Count);
    }

    private static byte[] Box(string type, byte[] content)
    {
        byte[] box = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    private static bool IsVideo(RawRequest request) => request.Target.StartsWith("/video", StringComparison.Ordinal);

    private static Reply InFull() => Reply.Of(200, Video, $"ETag: {HostileServer.Tag}");

    private static Func<RawRequest, Reply?> First(FaultFixture fixture, Reply reply) => _ => fixture.Server.Requests.Count == 1 ? reply : null;

    private static async Task AssertCompleteAsync(FaultFixture fixture, TimeSpan within)
    {
        using var folder = new TemporaryFolder();
        _ = await fixture.SucceedsAsync(
            async (client, token) =>
            {
                await client.DownloadToFileAsync(fixture.Video(), folder["video.mp4"], cancellationToken: token);
                return true;
            },
            within);

        Assert.Equal(["video.mp4"], folder.FileNames);
        Assert.Equal(Video, await File.ReadAllBytesAsync(folder["video.mp4"], TestContext.Current.CancellationToken));
    }

    private static async Task AssertFailedAsync(Reply reply, TimeSpan within, int? requests = null)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => IsVideo(request) ? reply : null;

        await FailAsync(fixture, within);

        Assert.Equal(requests ?? fixture.Server.Requests.Count, fixture.Server.Requests.Count);
    }

    private static async Task FailAsync(FaultFixture fixture, TimeSpan within)
    {
        using var folder = new TemporaryFolder();

        var error = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadToFileAsync(fixture.Video(), folder["video.mp4"], cancellationToken: token), within);

        Assert.DoesNotContain("video.mp4", folder.FileNames);
        Assert.Equal(FaultFixture.GenerationId, error.GenerationId);
    }
}
