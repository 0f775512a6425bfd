using System.Diagnostics;
using Wan27.Sdk.Transport;
using Xunit;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

public class SocketCampaign
{
    private static readonly int Submissions = CampaignSize.Of(2_500);

    /// <summary>The delay of the log's rows, for one emulator each; −1: they never contain the client's id.</summary>
    private static readonly double[] LogDelays = [0, 40, 120, -1];

    [Fact(Timeout = 900_000)]
    public async Task No_fault_over_sockets_buys_twice_or_contradicts_the_ledger()
    {
        var tally = new Tally();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            LogDelays.Select((item, index) => (Index: index, Item: item)),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken },
            async (delay, _) => await RunAsync(seed: delay.Index, delay.Item < 0 ? null : TimeSpan.FromSeconds(delay.Item), tally));

        TestContext.Current.TestOutputHelper?.WriteLine($"Over sockets, {watch.Elapsed.TotalSeconds:F1} s: {tally}");
        Assert.True(tally.Contradictions.IsEmpty, string.Join('\n', tally.Contradictions.Order().Take(20)));
        Assert.Equal(Submissions * LogDelays.Length, tally["submissions"]);
        Assert.Equal(0, tally["duplicates"]);
    }

    /// <summary>Runs one submission after another, so that the same seed produces the same run.</summary>
    private static async Task RunAsync(int seed, TimeSpan? logDelay, Tally tally)
    {
        await using var server = await SocketServer.StartAsync(seed, logDelay);
        var options = Options(server);
        var connections = ClientComposition.OwnClients(options);
        var random = new Random(seed);
        var outcomes = new List<(string Id, CallOutcome CallOutcome, DateTimeOffset At)>();
        for (var number = 0; number < Submissions; number++)
        {
            // A new client for each, as after a restart, but over the same connections: opening sockets is not what is tested.
            options.Journal = random.Next(4) == 0 ? FaultyJournal.Create(random, faultRate: 0) : null;
            var client = new WanVideoClient(options, connections with { Owned = [] });
            var request = new TextToVideoRequest { Prompt = "a lighthouse", ClientRequestId = $"order-{number}" };
            for (var calls = options.Journal is null ? 1 : 2; calls > 0; calls--)
            {
                outcomes.Add((request.ClientRequestId, await CallOutcome.OfAsync(() => client.CreateAsync(request)), server.Clock.GetUtcNow()));
                server.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            server.Clock.Advance(TimeSpan.FromHours(25));
        }

        Judge(server, outcomes, tally);
        foreach (var owned in connections.Owned)
            owned.Dispose();
    }

    private static WanVideoClientOptions Options(SocketServer server) => new()
    {
        ApiKey = server.Emulator.ApiKey,
        LoggerFactory = WatchedLoggers.Instance,
        BaseAddress = server.Emulator.BaseAddress,
        TimeProvider = server.Clock,
        AttemptTimeout = 2 * VirtualClock.LongestDelay,
        ReconciliationTimeout = TimeSpan.FromMinutes(6),
    };

    private static void Judge(SocketServer server, IReadOnlyList<(string Id, CallOutcome CallOutcome, DateTimeOffset At)> outcomes, Tally tally)
    {
        var posts = server.Posts();
        foreach (var (id, outcome, at) in outcomes)
        {
            tally.Add("calls");
            tally.Add(outcome);
            if (outcome.FindContradiction(server.LedgerOf(posts[id].Where(post => post.ReceivedAt <= at)), id, at) is { } contradiction)
                tally.Contradictions.Add($"{id}: {contradiction} ({outcome.Error?.Message})");
        }

        foreach (var submission in posts)
        {
            tally.Add("submissions");
            tally.Add(server.LedgerOf(submission));
        }
    }
}
