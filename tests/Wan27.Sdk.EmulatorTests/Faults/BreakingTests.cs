using Wan27.Sdk.Emulator;
using Wan27.Sdk.EmulatorTests.Faults.Bench;
using Wan27.Sdk.EmulatorTests.Money.HostMatrix;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Transport;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Faults;

/// <summary>Connections that fail while a request or its response is being sent.</summary>
public sealed class BreakingTests
{
    private const string Lost = "Create: reconciled. Get: 4 attempts, then `WanConnectionException`";
    private const string OneBody = "Reconciled, after one body";

    [Fact]
    [Fault(11, "Create, Get", Lost + ", each of which .NET's transport may make 4 times")]
    public Task FIN_before_a_response() => Spoilt.LosesAnswersAsync<WanConnectionException>(Reply.Nothing, SubmissionPhase.Sent, mostReads: 16);

    [Fact]
    [Fault(12, "Create, Get", Lost)]
    public Task RST_before_a_response() => Spoilt.LosesAnswersAsync<WanConnectionException>(Reply.Nothing.Then(Ending.Reset), SubmissionPhase.Sent);

    [Fact]
    [Fault(13, "Create, Get", Lost + ", each attempt timed out after `AttemptTimeout`")]
    public Task A_stall_before_a_response() =>
        Spoilt.LosesAnswersAsync<WanConnectionException>(Reply.Nothing.Then(Ending.Silence), SubmissionPhase.Sent);

    [Theory]
    [InlineData(nameof(Ending.Fin))]
    [InlineData(nameof(Ending.Reset))]
    [Fault(14, "Create", "Reconciled")]
    public async Task FIN_or_RST_at_every_byte_of_a_response_to_a_submission(string ending)
    {
        var answer = HostileServer.Created("order-1");
        var head = answer.Bytes.Span.IndexOf("\r\n\r\n"u8);
        for (var length = 0; length < answer.Bytes.Length; length++)
        {
            var reply = answer.Cut(length, Enum.Parse<Ending>(ending));
            await Spoilt.IsFoundInLogAsync(reply);
            if (length < head)
                await Spoilt.IsUnknownAsync(reply, SubmissionPhase.Sent);
        }
    }

    [Theory]
    [InlineData(nameof(Ending.Fin))]
    [InlineData(nameof(Ending.Reset))]
    [Fault(15, "Get", "Asked again")]
    public async Task FIN_or_RST_at_every_byte_of_a_response_to_a_read(string ending)
    {
        var answer = Reply.Json($$"""{"id":"{{FaultBench.TaskId}}","status":"generating"}""");
        for (var length = 0; length < answer.Bytes.Length; length++)
            await Spoilt.IsReadAgainAsync(answer.Cut(length, Enum.Parse<Ending>(ending)));
    }

    [Fact]
    [Fault(16, "Create, Get", "Create: reconciled, not sent again by the transport either. Get: asked again")]
    public async Task A_pooled_connection_that_is_dead()
    {
        await using var bench = FaultBench.Start();
        _ = await bench.SucceedsAsync(Call.Get, TimeSpan.Zero);
        bench.Server.Spoil = request => bench.Server.Connections == 1 ? Reply.Nothing : null;

        var generation = await bench.SucceedsAsync(Call.Create, TimeSpan.Zero);

        Assert.Equal((FaultBench.TaskId, 2), (generation.Id, bench.Server.Connections));
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
    public Task HTTP_2_stall() => AssertOneBodyAsync(EmulatorFault.StallAt(0), silence: TimeSpan.FromSeconds(4));

    [Fact]
    [Fault(21, "Create", "Reconciled, with the phase `Sending`")]
    public async Task A_server_that_stops_reading_the_request()
    {
        await using var bench = FaultBench.Start();
        bench.Server.BreaksSubmissions = Ending.Silence;

        var error = await bench.FailsAsync<WanSubmissionUnknownException>(CreateLarge, FaultBench.Attempt + FaultBench.Search);

        Assert.Equal((SubmissionPhase.Sending, 0), (error.Phase, bench.Server.CompleteSubmissions));
    }

    [Fact]
    [Fault(22, "Create", "Reconciled, with the phase `Sending`")]
    public async Task RST_in_the_middle_of_the_request()
    {
        await using var bench = FaultBench.Start();
        bench.Server.BreaksSubmissions = Ending.Reset;

        var error = await bench.FailsAsync<WanSubmissionUnknownException>(CreateLarge, FaultBench.Search);

        Assert.Equal((SubmissionPhase.Sending, 0), (error.Phase, bench.Server.CompleteSubmissions));
    }

    private static Task CreateLarge(IWanVideoClient client, CancellationToken cancellationToken)
    {
        var picture = new byte[15 * 1024 * 1024];
        Samples.Picture.CopyTo(picture, 0);
        return client.CreateAsync(Samples.Image(MediaSource.FromBytes(picture)) with { ClientRequestId = "order-1" }, cancellationToken);
    }

    /// <summary>Real time: a connection's pings know no other.</summary>
    private static async Task AssertOneBodyAsync(EmulatorFault fault, TimeSpan silence = default)
    {
        await using var emulator = await WanEmulator.StartAsync(options => options.ApiKey = FaultBench.Key, TestContext.Current.CancellationToken);
        emulator.Faults.Add(fault.On(EmulatorOperations.Submit).Always());
        var transport = HttpTransport.ForApi();
        Assert.InRange(transport.KeepAlivePingDelay + transport.KeepAlivePingTimeout, TimeSpan.FromSeconds(1), FaultBench.Attempt / 2);
        (transport.KeepAlivePingDelay, transport.KeepAlivePingTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await using var bench = FaultBench.Start(
            options =>
            {
                options.BaseAddress = emulator.Http2BaseAddress;
                options.TimeProvider = TimeProvider.System;
                options.ReconciliationTimeout = TimeSpan.FromSeconds(60);
            },
            over: new Http2Handler { InnerHandler = transport });
        bench.Submissions = () => emulator.Ledger.CompleteSubmissionBodies;

        var generation = await bench.SucceedsAsync(Call.Create, silence + TimeSpan.FromSeconds(30));

        Assert.Equal(Assert.Single(emulator.Ledger.Submissions).Id, generation.Id);
    }
}
