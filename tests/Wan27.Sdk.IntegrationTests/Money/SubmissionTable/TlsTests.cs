using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.SubmissionTable;

/// <summary>A peer without a valid certificate gets neither the key nor a second attempt.</summary>
public sealed class TlsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", 365)]
    [InlineData("127.0.0.1", -1)]
    [InlineData("api.example", 365)]
    public async Task An_invalid_certificate_is_not_tried_again(string host, int validForDays)
    {
        using var certificate = Certificates.SelfSigned(host, validForDays);
        await using var server = new RawServer(_ => RawReply.Json("{}"), certificate);
        using var client = new WanVideoClient(OptionsFor(server.Address));

        var e = await Assert.ThrowsAsync<WanConnectionException>(() => client.CreateAsync(Samples.Text("unproven"), Cancellation));

        Assert.Equal((true, "unproven", 1), (e.IsTlsFailure, e.ClientRequestId, server.Connections));
        Assert.Contains("certificate", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_peer_that_speaks_no_TLS_is_not_tried_again()
    {
        await using var server = new RawServer(_ => RawReply.Json("{}", "400 Bad Request"));
        using var client = new WanVideoClient(OptionsFor(new UriBuilder(server.Address) { Scheme = "https" }.Uri));

        var e = await Assert.ThrowsAsync<WanConnectionException>(() => client.CreateAsync(Samples.Text(), Cancellation));

        Assert.True(e.IsTlsFailure);
        Assert.Equal("NOT HTTP", Assert.Single(server.Requests).Head);
    }

    [Fact]
    public async Task A_read_is_not_tried_again_either()
    {
        using var certificate = Certificates.SelfSigned("127.0.0.1", 365);
        await using var server = new RawServer(_ => RawReply.Json("{}"), certificate);
        using var client = new WanVideoClient(OptionsFor(server.Address));

        var e = await Assert.ThrowsAsync<WanConnectionException>(() => client.GetAsync("some-generation", Cancellation));

        Assert.Equal((true, "some-generation", 1), (e.IsTlsFailure, e.GenerationId, server.Connections));
    }

    private static WanVideoClientOptions OptionsFor(Uri address) => new()
    {
        ApiKey = "key-of-the-test",
        BaseAddress = address,
        LoggerFactory = WatchedLoggers.Instance,
        TimeProvider = new ShortClock(),
        AttemptTimeout = TimeSpan.FromHours(10),
    };
}
