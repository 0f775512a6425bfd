using System.Net;
using System.Net.Sockets;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Connections that are not established: nothing was sent, and the request can be sent again.</summary>
public sealed class ConnectingTests
{
    private const string Unsent = "`WanConnectionException`: Create after 3 attempts, Get after 4; nothing was sent, no generation exists";
    private const string Unproven = "`WanConnectionException` with `IsTlsFailure`, not tried again; neither key nor request was sent";

    [Fact]
    [Fault(1, "Create, Get", Unsent)]
    public async Task A_refused_connection()
    {
        await using var fixture = FaultFixture.Start();
        await fixture.Server.DisposeAsync();

        await AssertUnsentAsync(fixture, FaultFixture.Retries);
    }

    [Fact]
    [Fault(2, "Create, Get", Unsent)]
    public async Task A_name_that_does_not_exist()
    {
        var dials = 0;
        await using var fixture = FaultFixture.Start(over: new SocketsHttpHandler
        {
            ConnectCallback = (_, _) =>
            {
                dials++;
                throw new SocketException((int)SocketError.HostNotFound);
            },
        });

        await AssertUnsentAsync(fixture, FaultFixture.Retries);
        Assert.Equal(3 + 4, dials);
    }

    [Fact]
    [Fault(3, "Create, Get", Unsent)]
    public async Task A_connection_that_times_out()
    {
        await using var fixture = FaultFixture.Start(over: new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(20),
            ConnectCallback = async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return Stream.Null;
            },
        });

        await AssertUnsentAsync(fixture, FaultFixture.Retries);
    }

    [Fact]
    [Fault(4, "Create, Get", Unsent)]
    public async Task A_host_that_responds_to_no_connection_attempt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a full queue refuses.");
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(0);
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(deaf.LocalEndPoint!, TestContext.Current.CancellationToken);
        await using var fixture = FaultFixture.Start(options => options.BaseAddress = new Uri($"http://{deaf.LocalEndPoint}"));
        fixture.Clock.TriggerTimeout(times: 3 + 4);

        await AssertUnsentAsync(fixture, (4 * FaultFixture.Attempt) + FaultFixture.Retries);
    }

    [Fact]
    [Fault(5, "Create, Get", Unproven)]
    public Task A_self_signed_certificate() => AssertUnprovenAsync("127.0.0.1", validForDays: 365);

    [Fact]
    [Fault(6, "Create, Get", Unproven)]
    public Task An_expired_certificate() => AssertUnprovenAsync("127.0.0.1", validForDays: -1);

    [Fact]
    [Fault(7, "Create, Get", Unproven)]
    public Task A_certificate_of_another_host() => AssertUnprovenAsync("api.example", validForDays: 365);

    [Fact]
    [Fault(8, "Create, Get", Unproven)]
    public async Task Plain_text_in_place_of_TLS()
    {
        await using var plain = new RawServer(_ => RawReply.Json("{}"));
        await using var fixture = FaultFixture.Start(options => options.BaseAddress = new UriBuilder(plain.Address) { Scheme = "https" }.Uri);

        await AssertUnprovenAsync(fixture);

        Assert.All(plain.Requests, request => Assert.Equal("NOT HTTP", request.Head));
    }

    [Fact]
    [Fault(9, "Create, Get", Unsent)]
    public async Task A_TLS_handshake_that_is_interrupted()
    {
        await using var fixture = FaultFixture.Start(options => options.BaseAddress = new UriBuilder(options.BaseAddress) { Scheme = "https" }.Uri);
        fixture.Server.Replacement = _ => Reply.Nothing;

        await AssertUnsentAsync(fixture, FaultFixture.Retries);

        Assert.Equal(3 + 4, fixture.Server.Connections);
    }

    [Fact]
    [Fault(10, "Create, Get", "`WanConnectionException`, or from Create `WanSubmissionUnknownException` if the request was already being sent")]
    public async Task A_connection_that_is_reset_at_once()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.ResetsConnections = true;

        var submission = await fixture.FailsAsync<WanException>(Call.Create, FaultFixture.Retries + FaultFixture.Search, exactly: false);
        _ = await fixture.FailsAsync<WanConnectionException>(Call.Get, FaultFixture.Retries);

        Assert.True(submission is WanConnectionException or WanSubmissionUnknownException, $"{submission}");
        Assert.Empty(fixture.Server.Requests);
    }

    private static async Task AssertUnsentAsync(FaultFixture fixture, TimeSpan within)
    {
        var submission = await fixture.FailsAsync<WanConnectionException>(Call.Create, within);
        var read = await fixture.FailsAsync<WanConnectionException>(Call.Get, within);

        Assert.Equal((false, "order-1", null), (submission.IsTlsFailure, submission.ClientRequestId, submission.GenerationId));
        Assert.Equal((false, null, FaultFixture.GenerationId), (read.IsTlsFailure, read.ClientRequestId, read.GenerationId));
        Assert.Equal(0, fixture.Server.CompleteSubmissions);
    }

    private static async Task AssertUnprovenAsync(string host, int validForDays)
    {
        using var certificate = Certificates.SelfSigned(host, validForDays);
        await using var fixture = FaultFixture.Start(certificate: certificate);

        await AssertUnprovenAsync(fixture);

        Assert.Equal(2, fixture.Server.Connections);
        Assert.Empty(fixture.Server.Requests);
    }

    private static async Task AssertUnprovenAsync(FaultFixture fixture)
    {
        var submission = await fixture.FailsAsync<WanConnectionException>(Call.Create, TimeSpan.Zero);
        var read = await fixture.FailsAsync<WanConnectionException>(Call.Get, TimeSpan.Zero);

        Assert.True(submission.IsTlsFailure && read.IsTlsFailure);
    }
}
