using System.Net.Sockets;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.SubmissionTable;

/// <summary>Rows in which no byte of the request was sent.</summary>
public sealed class UnsentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_connection_is_tried_twice_more_and_then_reported()
    {
        await using var fixture = await WanFixture.StartAsync();
        var dials = 0;
        var client = Dialling(fixture, () => Task.FromResult(++dials));
        await using var refusal = await fixture.Emulator.RefuseConnectionsAsync();

        var e = await Assert.ThrowsAsync<WanConnectionException>(() => client.CreateAsync(Samples.Text("unsent"), Cancellation));

        Assert.Equal((3, "unsent", false), (dials, e.ClientRequestId, e.IsTlsFailure));
        Assert.Null(e.GenerationId);
        Assert.Empty(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task A_service_that_becomes_available_gets_one_request()
    {
        await using var fixture = await WanFixture.StartAsync();
        var refusal = await fixture.Emulator.RefuseConnectionsAsync();
        var dials = 0;
        var client = Dialling(fixture, async () =>
        {
            if (++dials == 3)
                await refusal.DisposeAsync();
            return dials;
        });

        var generation = await client.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal(3, dials);
        Assert.Equal(generation.Id, Assert.Single(fixture.Ledger.Submissions).Id);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_not_sent_to()
    {
        await using var fixture = await WanFixture.StartAsync();
        var dials = 0;
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (_, _) =>
            {
                dials++;
                throw new SocketException((int)SocketError.HostNotFound);
            },
        });
        var client = fixture.Own(new WanVideoClient(http, fixture.Options(options => options.BaseAddress = new Uri("https://no-such-host.invalid"))));

        _ = await Assert.ThrowsAsync<WanConnectionException>(() => client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Equal(3, dials);
    }

    [Fact]
    public async Task A_custom_transport_reports_a_refusal_as_well()
    {
        await using var fixture = await WanFixture.StartAsync();
        await using var refusal = await fixture.Emulator.RefuseConnectionsAsync();

        _ = await Assert.ThrowsAsync<WanConnectionException>(() => fixture.Client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Empty(fixture.Ledger.Requests);
    }

    private static WanVideoClient Dialling(WanFixture fixture, Func<Task<int>> dialling) => fixture.Own(new WanVideoClient(
        fixture.Own(new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                _ = await dialling();
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })),
        fixture.Options()));
}
