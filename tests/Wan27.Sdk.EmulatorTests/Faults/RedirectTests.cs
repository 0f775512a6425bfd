using Wan27.Sdk.EmulatorTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Faults;

/// <summary>Redirects.</summary>
public sealed class RedirectTests
{
    public static TheoryData<int> Statuses { get; } = [300, 301, 302, 303, 305, 307, 308];

    [Theory]
    [MemberData(nameof(Statuses))]
    [Fault(76, "Create, Get", "`WanApiException`; not followed, and not a byte goes to the target")]
    public async Task A_redirect_of_the_API(int status)
    {
        await using var target = new RawServer(_ => RawReply.Json("{}"));
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => Reply.Of(status, default, $"Location: {target.Address}?k={HostileServer.Signature}");

        _ = await bench.FailsAsync<WanApiException>(Call.Create, TimeSpan.Zero);
        _ = await bench.FailsAsync<WanApiException>(Call.Get, TimeSpan.Zero);

        Assert.Equal((0, 2), (target.Connections, bench.Server.Requests.Count));
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    [Fault(77, "Download", "Followed by the client, with none of the headers of the API")]
    public async Task A_redirect_of_the_file_host(int status)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = request => bench.Server.Requests.Count == 1 ? Reply.Of(status, default, "Location: /film/elsewhere?a") : null;

        await DownloadAsync(bench, TimeSpan.Zero);

        Assert.Equal("/film/elsewhere?a", bench.Server.Requests[1].Target);
        Assert.All(bench.Server.Requests, request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    [Fault(78, "Download", "`WanDownloadException` after 5 redirects")]
    public async Task A_redirect_loop()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => Reply.Of(302, default, "Location: /film/again");

        _ = await bench.FailsAsync<WanDownloadException>((client, token) => client.DownloadAsync(bench.Film(), Stream.Null, cancellationToken: token), TimeSpan.Zero);

        Assert.Equal(6, bench.Server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:video/mp4,x")]
    [InlineData("http://cdn.example/video.mp4")]
    [InlineData("https://10.0.0.1/video.mp4")]
    [InlineData("https://user:canary@cdn.example/")]
    [Fault(79, "Download", "`WanDownloadException`: each hop is checked as the first address is")]
    public async Task A_redirect_to_a_refused_address(string target)
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => Reply.Of(302, default, $"Location: {target}");

        _ = await bench.FailsAsync<WanDownloadException>((client, token) => client.DownloadAsync(bench.Film(), Stream.Null, cancellationToken: token), TimeSpan.Zero);

        _ = Assert.Single(bench.Server.Requests);
    }

    [Fact]
    [Fault(80, "Download", "`WanDownloadException`")]
    public async Task A_redirect_to_nowhere()
    {
        await using var bench = FaultBench.Start();
        bench.Server.Spoil = _ => Reply.Of(302, default);

        _ = await bench.FailsAsync<WanDownloadException>((client, token) => client.DownloadAsync(bench.Film(), Stream.Null, cancellationToken: token), TimeSpan.Zero);
    }

    private static async Task DownloadAsync(FaultBench bench, TimeSpan within)
    {
        using var film = new MemoryStream();
        _ = await bench.SucceedsAsync(
            async (client, token) =>
            {
                await client.DownloadAsync(bench.Film(), film, cancellationToken: token);
                return true;
            },
            within);

        Assert.Equal(HostileServer.Film, film.ToArray());
    }
}
