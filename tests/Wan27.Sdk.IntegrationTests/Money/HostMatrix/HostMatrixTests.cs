using Wan27.Sdk.Emulator;
using Wan27.Sdk.IntegrationTests.Faults;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.HostMatrix;

/// <summary>With any handlers around the client and any fault: one complete body is sent, and the caller knows what was charged.</summary>
public sealed class HostMatrixTests
{
    private static readonly Dictionary<string, EmulatorFault> Faults = new()
    {
        ["503"] = EmulatorFault.Status(503),
        ["503 after accepting"] = EmulatorFault.Status(503).AfterAccepting(),
        ["EOF"] = EmulatorFault.CloseAt(0),
        ["RST"] = EmulatorFault.ResetAt(0),
        ["stall"] = EmulatorFault.StallAt(0),
    };

    private static readonly Dictionary<string, EmulatorFault> Http2Faults = new(Faults)
    {
        ["REFUSED_STREAM"] = EmulatorFault.ResetStream(),
        ["INTERNAL_ERROR"] = EmulatorFault.ResetStream(2),
        ["GOAWAY"] = EmulatorFault.GoAway(),
    };

    public static TheoryData<string, string> Cells { get; } =
        new(HandlerCombinations.All.Keys.SelectMany(host => Faults.Keys.Select(fault => (host, fault))));

    public static TheoryData<string, string> Http2Cells { get; } =
        new(HandlerCombinations.OverHttp2.Keys.SelectMany(host => Http2Faults.Keys.Select(fault => (host, fault))));

    public static TheoryData<string, int> RedirectCells { get; } =
        new(HandlerCombinations.All.Keys.SelectMany(host => new[] { (host, 307), (host, 308) }));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cells))]
    [Fault(142, "Create", "One body, with any handlers of the application: retries, hedging, buffering, logging, cloning")]
    public async Task One_complete_body_is_sent_with_any_handlers_and_any_fault(string host, string fault)
    {
        await using var fixture = await WanFixture.StartAsync();
        using var surrounded = HandlerCombinations.All[host](fixture.Options(options => Pace(options, fault)));
        fixture.Emulator.Faults.Add(Faults[fault].On(EmulatorOperations.Submit).Always());

        await AssertPaidOnceAsync(fixture, surrounded.Client);
    }

    [Theory]
    [MemberData(nameof(Http2Cells))]
    public async Task One_complete_body_is_sent_over_HTTP_2(string host, string fault)
    {
        await using var fixture = await WanFixture.StartAsync();
        using var surrounded = HandlerCombinations.OverHttp2[host](fixture.Options(options =>
        {
            options.BaseAddress = fixture.Emulator.Http2BaseAddress;
            Pace(options, fault);
        }));
        fixture.Emulator.Faults.Add(Http2Faults[fault].On(EmulatorOperations.Submit).Always());

        // A stall over HTTP/2 stops the one connection, and with it the search for the generation.
        await AssertPaidOnceAsync(fixture, surrounded.Client, mayStayUnknown: fault == "stall");
        Assert.All(fixture.Ledger.Requests, request => Assert.Equal("HTTP/2", request.Protocol));
    }

    [Theory]
    [MemberData(nameof(RedirectCells))]
    public async Task A_redirect_sends_nothing_to_another_host(string host, int status)
    {
        await using var fixture = await WanFixture.StartAsync();
        using var surrounded = HandlerCombinations.All[host](fixture.Options());
        var target = new Uri(fixture.Emulator.FilesAddress, "v2/video/generations");
        fixture.Emulator.Faults.Add(EmulatorFault.Redirect(target, status).On(EmulatorOperations.Submit).Always());

        var (_, error) = await TryCreateAsync(surrounded.Client);

        Assert.InRange(fixture.Ledger.CompleteSubmissionBodies, 0, 1);
        var atTheTarget = fixture.Ledger.Requests.Where(request => request.Operation is EmulatorOperations.File).ToList();
        Assert.All(atTheTarget, request => Assert.Equal((0, false), (request.BodyLength, request.HasAuthorization)));

        // With an HttpClient of the caller, the redirect is followed up to the body's guard; a copy without its options is not sent at all.
        if (host.StartsWith("HttpClient", StringComparison.Ordinal) || host == "cloning")
            Assert.True(error is WanApiException or WanSubmissionUnknownException or WanConnectionException, $"{error}");
        else
            Assert.Equal((status, 0), ((int)Assert.IsType<WanApiException>(error).StatusCode, atTheTarget.Count));
    }

    // A search that will find its generation may take as long as a busy machine needs; only one that cannot runs to its end.
    private static void Pace(WanVideoClientOptions options, string fault)
    {
        options.AttemptTimeout = fault == "stall" ? TimeSpan.FromMinutes(6) : options.AttemptTimeout;
        options.ReconciliationTimeout = fault == "503" ? options.ReconciliationTimeout : TimeSpan.FromHours(1);
    }

    private static async Task AssertPaidOnceAsync(WanFixture fixture, IWanVideoClient client, bool mayStayUnknown = false)
    {
        var (generation, error) = await TryCreateAsync(client);

        Assert.InRange(fixture.Ledger.CompleteSubmissionBodies, 0, 1);
        if (fixture.Ledger.Submissions is [var accepted] && !mayStayUnknown)
            Assert.Equal((accepted.Id, null), (generation?.Id, error));
        else if (error is not WanConnectionException || fixture.Ledger.CompleteSubmissionBodies > 0)
            _ = Assert.IsType<WanSubmissionUnknownException>(error);
    }

    private static async Task<(VideoGeneration? Generation, WanException? Error)> TryCreateAsync(IWanVideoClient client)
    {
        try
        {
            return (await client.CreateAsync(Samples.Text(), Cancellation), null);
        }
        catch (WanException e)
        {
            return (null, e);
        }
    }
}
