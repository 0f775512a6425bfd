using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Redirects.</summary>
public sealed class RedirectTests
{
    public static TheoryData<int> Statuses { get; } = [300, 301, 302, 303, 305, 307, 308];

    [Theory]
    [MemberData(nameof(Statuses))]
    [Fault(76, "Create, Get", "`WanApiException`; not followed, and no byte is sent to the target")]
    public async Task A_redirect_of_the_API(int status)
    {
        await using var target = new RawServer(_ => RawReply.Json("{}"));
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Of(status, default, $"Location: {target.Address}?k={HostileServer.Signature}");

        _ = await fixture.FailsAsync<WanApiException>(Call.Create, TimeSpan.Zero);
        _ = await fixture.FailsAsync<WanApiException>(Call.Get, TimeSpan.Zero);

        Assert.Equal((0, 2), (target.Connections, fixture.Server.Requests.Count));
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    [Fault(77, "Download", "Followed by the client, with none of the headers of the API")]
    public async Task A_redirect_of_the_file_host(int status)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => fixture.Server.Requests.Count == 1 ? Reply.Of(status, default, "Location: /video/elsewhere?a") : null;

        await DownloadAsync(fixture, TimeSpan.Zero);

        Assert.Equal("/video/elsewhere?a", fixture.Server.Requests[1].Target);
        Assert.All(fixture.Server.Requests, request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    [Fault(78, "Download", "`WanDownloadException` after 5 redirects")]
    public async Task A_redirect_loop()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Of(302, default, "Location: /video/again");

        _ = await fixture.FailsAsync<WanDownloadException>((client, token) => client.DownloadAsync(fixture.Video(), Stream.Null, cancellationToken: token), TimeSpan.Zero);

        Assert.Equal(6, fixture.Server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:video/mp4,x")]
    [InlineData("http://cdn.example/video.mp4")]
    [InlineData("https://10.0.0.1/video.mp4")]
    [InlineData("https://user:canary@cdn.example/")]
    [Fault(79, "Download", "`WanDownloadException`: each hop is checked like the first address")]
    public async Task A_redirect_to_a_refused_address(string target)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Of(302, default, $"Location: {target}");

        _ = await fixture.FailsAsync<WanDownloadException>((client, token) => client.DownloadAsync(fixture.Video(), Stream.Null, cancellationToken: token), TimeSpan.Zero);

        _ = Assert.Single(fixture.Server.Requests);
    }

    [Fact]
    [Fault(80, "Download", "`WanDownloadException`")]
    public async Task A_redirect_without_a_location()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Of(302, default);

        _ = await fixture.FailsAsync<WanDownloadException>((client, token) => client.DownloadAsync(fixture.Video(), Stream.Null, cancellationToken: token), TimeSpan.Zero);
    }

    private static async Task DownloadAsync(FaultFixture fixture, TimeSpan within)
    {
        using var video = new MemoryStream();
        _ = await fixture.SucceedsAsync(
            async (client, token) =>
            {
                await client.DownloadAsync(fixture.Video(), video, cancellationToken: token);
                return true;
            },
            within);

        Assert.Equal(HostileServer.Video, video.ToArray());
    }
}
