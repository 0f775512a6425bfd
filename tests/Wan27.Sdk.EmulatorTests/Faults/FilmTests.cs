using System.Text;
using Wan27.Sdk.EmulatorTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Faults;

/// <summary>Hosts of files that do not give the film, or not whole.</summary>
public sealed class FilmTests
{
    private const string Whole = "The whole film";
    private const string GivenUp = "`WanDownloadException`, and no file under the film's name";

    private static byte[] Film => HostileServer.Film;

    [Theory]
    [InlineData(nameof(Ending.Fin))]
    [InlineData(nameof(Ending.Reset))]
    [Fault(91, "Download", Whole + ": resumed where it ended")]
    public async Task A_film_that_breaks_off(string ending)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, InFull().Cut(20_000, Enum.Parse<Ending>(ending)));

        await AssertWholeAsync(bench, TimeSpan.Zero);

        Assert.InRange(bench.Server.Requests.Count, 2, 3);
    }

    [Fact]
    [Fault(92, "Download", Whole + ": resumed after 30 s of silence")]
    public async Task A_film_that_stalls()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, InFull().Cut(20_000, Ending.Silence));

        await AssertWholeAsync(bench, TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Fault(93, "Download", GivenUp + ", after 6 silences of 30 s")]
    public Task A_host_that_never_answers() => AssertGivenUpAsync(Reply.Nothing.Then(Ending.Silence), (6 * TimeSpan.FromSeconds(30)) + FaultBench.Retries, requests: 6);

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
    [Fault(96, "Download", "The task is read again for a fresh address, twice at most; then `WanDownloadException`")]
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
    public async Task A_film_shorter_than_its_length()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = First(bench, Reply.Unframed(200, Film.AsMemory(0, 49_000), $"ETag: {HostileServer.Tag}", $"Content-Length: {Film.Length}").Then(Ending.Fin));

        await AssertWholeAsync(bench, TimeSpan.Zero);
    }

    [Fact]
    [Fault(98, "Download", GivenUp + ": a box that ends early gives it away")]
    public Task A_film_longer_than_its_length() =>
        AssertGivenUpAsync(Reply.Unframed(200, Film, "Content-Length: 40000").Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(99, "Download", Whole + ": the boxes of the film tell where it ends")]
    public async Task A_film_without_a_length()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => IsFilm(request) ? Reply.Unframed(200, Film).Then(Ending.Fin) : null;

        await AssertWholeAsync(bench, TimeSpan.Zero);
    }

    [Fact]
    [Fault(100, "Download", GivenUp)]
    public Task Half_a_film_without_a_length() => AssertGivenUpAsync(Reply.Unframed(200, Film.AsMemory(0, 30_000)).Then(Ending.Fin), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(101, "Download", Whole + ": begun anew")]
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
    [Fault(102, "Download", Whole + ": begun anew")]
    public async Task A_range_that_is_another(int status, string header)
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
    [Fault(103, "Download", Whole + ": begun anew, never joined of two versions")]
    public async Task A_film_that_changes_meanwhile()
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
    public Task A_page_in_place_of_the_film(string body, string contentType) =>
        AssertGivenUpAsync(Reply.Of(200, Encoding.UTF8.GetBytes(body), $"Content-Type: {contentType}"), TimeSpan.FromMinutes(1));

    [Fact]
    [Fault(105, "Download", GivenUp + ": nothing is unpacked")]
    public Task A_film_in_a_coding_that_was_not_asked_for() => AssertGivenUpAsync(Reply.Of(200, Film, "Content-Encoding: gzip"), TimeSpan.Zero, requests: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Fault(106, "Download", GivenUp + "; it is read no further than `MaxBytes`")]
    public async Task A_film_larger_than_allowed(bool tells)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => tells ? InFull() : Reply.Unframed(200, Film).Then(Ending.Fin);

        var error = await bench.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(bench.Film(), Stream.Null, new DownloadOptions { MaxBytes = 30_000 }, token), TimeSpan.Zero);

        Assert.Contains("30000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Fault(107, "Download", GivenUp)]
    public async Task A_film_of_another_digest()
    {
        await using var bench = FaultBench.Start();

        _ = await bench.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(bench.Film(), Stream.Null, new DownloadOptions { Sha256 = new string('0', 64) }, token), TimeSpan.Zero);
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
                await client.DownloadToFileAsync(bench.Film(), folder["film.mp4"], cancellationToken: token);
                return true;
            },
            within);

        Assert.Equal(["film.mp4"], folder.FileNames);
        Assert.Equal(Film, await File.ReadAllBytesAsync(folder["film.mp4"], TestContext.Current.CancellationToken));
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
            (client, token) => client.DownloadToFileAsync(bench.Film(), folder["film.mp4"], cancellationToken: token), within);

        Assert.DoesNotContain("film.mp4", folder.FileNames);
        Assert.Equal(FaultBench.TaskId, error.GenerationId);
    }
}
