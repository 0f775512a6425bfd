using Wan27.Sdk.Emulator;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Wan27.Sdk.IntegrationTests.Money.HostMatrix;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Transport;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Connections that fail while a request or its response is being sent.</summary>
public sealed class BreakingTests
{
    private const string Lost = "Create: reconciled. Get: 4 attempts, then `WanConnectionException`";
    private const string OneBody = "Reconciled, after one body";

    [Fact]
    [Fault(11, "Create, Get", Lost + ", each of which the transport of .NET may send 4 times")]
    public Task FIN_before_a_response() =>
        ReplacedResponse.LosesResponsesAsync<WanConnectionException>(Reply.Nothing, SubmissionPhase.Sent, mostReads: 16);

    [Fact]
    [Fault(12, "Create, Get", Lost)]
    public Task RST_before_a_response() =>
        ReplacedResponse.LosesResponsesAsync<WanConnectionException>(Reply.Nothing.Then(Ending.Reset), SubmissionPhase.Sent);

    [Fact]
    [Fault(13, "Create, Get", Lost + ", each attempt timed out after `AttemptTimeout`")]
    public Task A_stall_before_a_response() =>
        ReplacedResponse.LosesResponsesAsync<WanConnectionException>(Reply.Nothing.Then(Ending.Stall), SubmissionPhase.Sent);

    [Theory]
    [InlineData(nameof(Ending.Fin))]
    [InlineData(nameof(Ending.Reset))]
    [Fault(14, "Create", "Reconciled")]
    public async Task FIN_or_RST_at_every_byte_of_a_response_to_a_submission(string ending)
    {
        var response = HostileServer.Created("order-1");
        var head = response.Bytes.Span.IndexOf("\r\n\r\n"u8);
        for (var length = 0; length < response.Bytes.Length; length++)
        {
            var reply = response.Cut(length, Enum.Parse<Ending>(ending));
            await ReplacedResponse.IsFoundInLogAsync(reply);
            if (length < head)
                await ReplacedResponse.IsUnknownAsync(reply, SubmissionPhase.Sent);
        }
    }

    [Theory]
    [InlineData(nameof(Ending.Fin))]
    [InlineData(nameof(Ending.Reset))]
    [Fault(15, "Get", "Read again")]
    public async Task FIN_or_RST_at_every_byte_of_a_response_to_a_read(string ending)
    {
        var response = Reply.Json($$"""{"id":"{{FaultFixture.GenerationId}}","status":"generating"}""");
        for (var length = 0; length < response.Bytes.Length; length++)
            await ReplacedResponse.IsReadAgainAsync(response.Cut(length, Enum.Parse<Ending>(ending)));
    }

    [Fact]
    [Fault(16, "Create, Get", "Create: reconciled, not sent again by the transport either. Get: read again")]
    public async Task A_pooled_connection_that_is_dead()
    {
        await using var fixture = FaultFixture.Start();
        _ = await fixture.SucceedsAsync(Call.Get, TimeSpan.Zero);
        fixture.Server.Replacement = request => fixture.Server.Connections == 1 ? Reply.Nothing : null;

        var generation = await fixture.SucceedsAsync(Call.Create, TimeSpan.Zero);

        Assert.Equal((FaultFixture.GenerationId, 2), (generation.Id, fixture.Server.Connections));
    }

    [Fact]
    [Fault(17, "Create", OneBody)]
    public Task HTTP_2_REFUSED_STREAM() => AssertOneBodyAsync(EmulatorFault.ResetStream());

    [Fact]
    [Fault(18, "Create", OneBody)]
    public Task HTTP_2_INTERNAL_ERROR() => AssertOneBodyAsync(EmulatorFault.ResetStream(2));

    [Fact]
    [Fault(19, "Create", OneBody)]
    public Task HTTP_2_GOAWAY() => AssertOneBodyAsync(EmulatorFault.GoAway());

    [Fact]
    [Fault(20, "Create", OneBody + "; a ping without a response ends the dead connection")]
    public Task HTTP_2_stall() => AssertOneBodyAsync(EmulatorFault.StallAt(0), stall: TimeSpan.FromSeconds(4));

    [Fact]
    [Fault(21, "Create", "Not submitted: sent again twice, then `WanConnectionException`")]
    public async Task A_server_that_stops_reading_the_request()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.BreaksSubmissions = Ending.Stall;

        var error = await fixture.FailsAsync<WanConnectionException>(CreateLarge, 3 * FaultFixture.Attempt + TimeSpan.FromSeconds(10));

        Assert.EndsWith("Nothing was submitted.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Server.CompleteSubmissions);
    }

    [Fact]
    [Fault(22, "Create", "Not submitted: sent again twice, then `WanConnectionException`")]
    public async Task RST_in_the_middle_of_the_request()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.BreaksSubmissions = Ending.Reset;

        var error = await fixture.FailsAsync<WanConnectionException>(CreateLarge, FaultFixture.Search);

        Assert.EndsWith("Nothing was submitted.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Server.CompleteSubmissions);
    }

    private static Task CreateLarge(IWanVideoClient client, CancellationToken cancellationToken)
    {
        var image = new byte[15 * 1024 * 1024];
        Samples.ImageBytes.CopyTo(image, 0);
        return client.CreateAsync(Samples.Image(MediaSource.FromBytes(image)) with { ClientRequestId = "order-1" }, cancellationToken);
    }

    /// <summary>Real time, because the pings of a connection do not use the fake clock.</summary>
    private static async Task AssertOneBodyAsync(EmulatorFault fault, TimeSpan stall = default)
    {
        await using var emulator = await WanEmulator.StartAsync(options => options.ApiKey = FaultFixture.Key, TestContext.Current.CancellationToken);
        emulator.Faults.Add(fault.On(EmulatorOperations.Submit).Always());
        var transport = HttpTransport.ForApi();
        Assert.InRange(transport.KeepAlivePingDelay + transport.KeepAlivePingTimeout, TimeSpan.FromSeconds(1), FaultFixture.Attempt / 2);
        (transport.KeepAlivePingDelay, transport.KeepAlivePingTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await using var fixture = FaultFixture.Start(
            options =>
            {
                options.BaseAddress = emulator.Http2BaseAddress;
                options.TimeProvider = TimeProvider.System;
                options.ReconciliationTimeout = TimeSpan.FromSeconds(60);
            },
            over: new Http2Handler { InnerHandler = transport });
        fixture.Submissions = () => emulator.Ledger.CompleteSubmissionBodies;

        var generation = await fixture.SucceedsAsync(Call.Create, stall + TimeSpan.FromSeconds(30));

        Assert.Equal(Assert.Single(emulator.Ledger.Submissions).Id, generation.Id);
    }
}
