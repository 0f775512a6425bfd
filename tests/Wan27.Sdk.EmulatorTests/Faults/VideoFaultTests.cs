using System.Text;
using Wan27.Sdk.EmulatorTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Faults;

/// <summary>File hosts that do not return the video, or not completely.</summary>
public sealed class FilmTests
{
    private const string Whole = "The complete video";
    private const string GivenUp = "`WanDownloadException`, and no file under the video's name";

    private static byte[] Film => HostileServer.Film;

    [Theory]
    [InlineData(nameof(Ending.Fin))]
    [InlineData(nameof(Ending.Reset))]
    [Fault(91, "Download", Whole + ": resumed where it ended")]
    public async Task A_video_that_is_interrupted(string ending)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, InFull().Cut(20_000, Enum.Parse<Ending>(ending)));

        await AssertWholeAsync(bench, TimeSpan.Zero);

        Assert.InRange(bench.Server.Requests.Count, 2, 3);
    }

    [Fact]
    [Fault(92, "Download", Whole + ": resumed after an idle timeout of 30 s")]
    public async Task A_video_that_stalls()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, InFull().Cut(20_000, Ending.Silence));

        await AssertWholeAsync(bench, TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Fault(93, "Download", GivenUp + ", after 6 idle timeouts of 30 s")]
    public Task A_host_that_never_responds() =>
        AssertGivenUpAsync(Reply.Nothing.Then(Ending.Silence), (6 * TimeSpan.FromSeconds(30)) + FaultBench.Retries, requests: 6);

    [Fact]
    [Fault(94, "Download", GivenUp + ", after 6 attempts")]
    public Task A_host_that_resets_each_connection() => AssertGivenUpAsync(Reply.Nothing.Then(Ending.Reset), FaultBench.Retries, requests: 6);

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    [Fault(95, "Download", GivenUp + ", after 6 attempts")]
    public Task A_host_with_an_error(int status) => AssertGivenUpAsync(Reply.Of(status, default), FaultBench.Retries, requests: 6);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [Fault(96, "Download", "The generation is read again for a fresh address, twice at most; then `WanDownloadException`")]
    public async Task An_address_that_has_expired(int status)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, Reply.Of(status, default));
        await AssertWholeAsync(bench, TimeSpan.Zero);

        await using var always = FaultBench.Start();
        always.Server.Spoil = request => IsFilm(request) ? Reply.Of(status, default) : null;
        await FailAsync(always, TimeSpan.Zero);

        Assert.Equal((1, 2), (bench.Server.Reads.Count(), always.Server.Reads.Count()));
    }

    [Fact]
    [Fault(97, "Download", Whole + ": resumed")]
    public async Task A_video_shorter_than_its_length()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, Reply.Unframed(200, Film.AsMemory(0, 49_000), $"ETag: {HostileServer.Tag}", $"Content-Length: {Film.Length}").Then(Ending.Fin));

        await AssertWholeAsync(bench, TimeSpan.Zero);
    }

    [Fact]
    [Fault(98, "Download", GivenUp + ": a box that ends early gives it away")]
    public Task A_video_longer_than_its_length() =>
        AssertGivenUpAsync(Reply.Unframed(200, Film, "Content-Length: 40000").Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(99, "Download", Whole + ": the boxes of the video show where it ends")]
    public async Task A_video_without_a_length()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => IsFilm(request) ? Reply.Unframed(200, Film).Then(Ending.Fin) : null;

        await AssertWholeAsync(bench, TimeSpan.Zero);
    }

    [Fact]
    [Fault(100, "Download", GivenUp)]
    public Task Half_a_video_without_a_length() =>
        AssertGivenUpAsync(Reply.Unframed(200, Film.AsMemory(0, 30_000)).Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(101, "Download", Whole + ": started again")]
    public async Task A_range_that_is_ignored()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => IsFilm(request) ? (bench.Server.Requests.Count == 1 ? InFull().Cut(20_000, Ending.Fin) : InFull()) : null;

        await AssertWholeAsync(bench, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(206, "Content-Range: bytes 5-49999/50000")]
    [InlineData(206, "X-None: 0")]
    [InlineData(206, "Content-Range: bytes */50000")]
    [InlineData(416, "Content-Range: bytes */7")]
    [Fault(102, "Download", Whole + ": started again")]
    public async Task Another_range_than_requested(int status, string header)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => bench.Server.Requests.Count switch
        {
            1 => InFull().Cut(20_000, Ending.Fin),
            2 => Reply.Of(status, Film.AsMemory(20_000), header, $"ETag: {HostileServer.Tag}"),
            _ => null,
        };

        await AssertWholeAsync(bench, TimeSpan.FromSeconds(10));
    }

    [Fact]
    [Fault(103, "Download", Whole + ": started again, never joined of two versions")]
    public async Task A_video_that_changes_during_the_download()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => bench.Server.Requests.Count == 1
            ? Reply.Of(200, Download.Film.Of(60_000), "ETag: \"older\"").Cut(20_000, Ending.Fin)
            : null;

        await AssertWholeAsync(bench, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("<html><body>One moment, please</body></html>", "text/html")]
    [InlineData("{\"error\":\"gone\"}", "application/json")]
    [InlineData("", "video/mp4")]
    [Fault(104, "Download", GivenUp)]
    public Task A_page_in_place_of_the_video(string body, string contentType) =>
        AssertGivenUpAsync(Reply.Of(200, Encoding.UTF8.GetBytes(body), $"Content-Type: {contentType}"), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(105, "Download", GivenUp + ": nothing is unpacked")]
    public Task A_video_in_a_content_coding_that_was_not_requested() =>
        AssertGivenUpAsync(Reply.Of(200, Film, "Content-Encoding: gzip"), TimeSpan.Zero, requests: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Fault(106, "Download", GivenUp + "; it is read no further than `MaxBytes`")]
    public async Task A_video_larger_than_allowed(bool tells)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => tells ? InFull() : Reply.Unframed(200, Film).Then(Ending.Fin);

        var error = await bench.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(bench.Film(), Stream.Null, new DownloadOptions { MaxBytes = 30_000 }, token), TimeSpan.Zero);

        Assert.Contains("30000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Fault(107, "Download", GivenUp)]
    public async Task A_video_with_another_digest()
    {
        await using var bench = FaultBench.Start();

        _ = await bench.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(bench.Film(), Stream.Null, new DownloadOptions { Sha256 = new string('0', 64) }, token), TimeSpan.Zero);
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
        await AssertGivenUpAsync(Reply.Raw(response), TimeSpan.FromMinutes(2));

        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => IsFilm(request) ? Reply.Raw(response) : null;
        _ = await bench.FailsAsync<WanDownloadException>(
            async (client, token) =>
            {
                await using var video = await client.OpenReadAsync(bench.Film(), cancellationToken: token);
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
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, Reply.Unframed(200, Film.AsMemory(0, length), $"ETag: {HostileServer.Tag}").Then(Ending.Fin));

        await AssertWholeAsync(bench, TimeSpan.FromSeconds(10));

        Assert.Equal(2, bench.Server.Requests.Count);
    }

    [Theory]
    [InlineData(24 + 108)]
    [InlineData(24 + 108 + 16)]
    public Task A_video_without_a_length_that_ends_after_its_table_of_contents_is_refused(int length) =>
        AssertGivenUpAsync(Reply.Unframed(200, Film.AsMemory(0, length)).Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(true, false, 2)]
    [InlineData(false, false, 2)]
    [InlineData(false, true, 2)]
    public async Task Fragments_without_a_length_are_a_video_only_if_their_end_is_known(bool isCut, bool isChunked, int fragments)
    {
        byte[] video = [.. Film[..24], .. Box("moov", Box("mvex", [])), .. Enumerable.Range(0, fragments).SelectMany(_ => (byte[])[.. Box("moof", new byte[8]), .. Box("mdat", new byte[9])])];
        if (!isCut)
            video = [.. video, .. Box("mfra", new byte[8])];
        var chunk = Encoding.ASCII.GetBytes($"{video.Length:x}\r\n");
        var reply = isChunked
            ? Reply.Unframed(200, (byte[])[.. chunk, .. video, .. "\r\n0\r\n\r\n"u8], "Transfer-Encoding: chunked")
            : Reply.Unframed(200, video).Then(Ending.Fin);

        if (isCut)
        {
            await AssertGivenUpAsync(reply, TimeSpan.Zero, requests: 1);
            return;
        }

        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => reply;
        using var destination = new MemoryStream();
        _ = await bench.SucceedsAsync(
            async (client, token) =>
            {
                await client.DownloadAsync(bench.Film(), destination, cancellationToken: token);
                return true;
            },
            TimeSpan.Zero);
        Assert.Equal(video, destination.ToArray());
    }

    [Fact]
    public async Task A_part_of_a_video_of_unknown_length_is_not_a_video()
    {
        byte[] video = [.. Film[..24], .. Box("moov", Box("mvex", [])), .. Box("moof", []), .. Box("mdat", new byte[9])];
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => request.Header("Range") is null
            ? Reply.Unframed(200, video.AsMemory(0, 24), $"ETag: {HostileServer.Tag}").Then(Ending.Fin)
            : Reply.Of(206, video.AsMemory(24), $"ETag: {HostileServer.Tag}", $"Content-Range: bytes 24-{video.Length - 1}/*");

        using var folder = new TempFolder();
        var error = await bench.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadToFileAsync(bench.Film(), folder["video.mp4"], cancellationToken: token), TimeSpan.FromMinutes(1));

        Assert.Contains("cannot be known", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("video.mp4", folder.FileNames);
    }

    [Fact]
    public async Task A_byte_on_each_connection_ends_with_a_pause_before_each()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request =>
        {
            var start = request.Header("Range") is { } range ? int.Parse(range.Split('=', '-')[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            string[] headers = [$"ETag: {HostileServer.Tag}", $"Content-Length: {Film.Length - start}", $"Content-Range: bytes {start}-{Film.Length - 1}/{Film.Length}"];
            return Reply.Unframed(start == 0 ? 200 : 206, Film.AsMemory(start, 1), headers).Then(Ending.Fin);
        };

        await FailAsync(bench, TimeSpan.FromSeconds(7.5 + (36 * 8)));

        Assert.Equal(41, bench.Server.Requests.Count);
    }

    private static byte[] Box(string type, byte[] content)
    {
        byte[] box = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    private static bool IsFilm(RawRequest request) => request.Target.StartsWith("/film", StringComparison.Ordinal);

    private static Reply InFull() => Reply.Of(200, Film, $"ETag: {HostileServer.Tag}");

    private static Func<RawRequest, Reply?> First(FaultBench bench, Reply reply) => _ => bench.Server.Requests.Count == 1 ? reply : null;

    private static async Task AssertWholeAsync(FaultBench bench, TimeSpan within)
    {
        using var folder = new TempFolder();
        _ = await bench.SucceedsAsync(
            async (client, token) =>
            {
                await client.DownloadToFileAsync(bench.Film(), folder["video.mp4"], cancellationToken: token);
                return true;
            },
            within);

        Assert.Equal(["video.mp4"], folder.FileNames);
        Assert.Equal(Film, await File.ReadAllBytesAsync(folder["video.mp4"], TestContext.Current.CancellationToken));
    }

    private static async Task AssertGivenUpAsync(Reply reply, TimeSpan within, int? requests = null)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => IsFilm(request) ? reply : null;

        await FailAsync(bench, within);

        Assert.Equal(requests ?? bench.Server.Requests.Count, bench.Server.Requests.Count);
    }

    private static async Task FailAsync(FaultBench bench, TimeSpan within)
    {
        using var folder = new TempFolder();

        var error = await bench.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadToFileAsync(bench.Film(), folder["video.mp4"], cancellationToken: token), within);

        Assert.DoesNotContain("video.mp4", folder.FileNames);
        Assert.Equal(FaultBench.TaskId, error.GenerationId);
    }
}
