using System.Diagnostics;
using Wan27.Sdk.Transport;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Campaign.FaultedSubmits;

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
        Assert.True(tally.Lies.IsEmpty, string.Join('\n', tally.Lies.Order().Take(20)));
        Assert.Equal(Submissions * LogDelays.Length, tally["submissions"]);
        Assert.Equal(0, tally["duplicates"]);
    }

    /// <summary>One submission after the other, so that the same seed makes the same run.</summary>
    private static async Task RunAsync(int seed, TimeSpan? logDelay, Tally tally)
    {
        await using var server = await SocketServer.StartAsync(seed, logDelay);
        var options = Options(server);
        var connections = ClientComposition.OwnClients(options);
        var random = new Random(seed);
        var beliefs = new List<(string Id, Belief Belief, DateTimeOffset At)>();
        for (var number = 0; number < Submissions; number++)
        {
            // A client of its own for each, as after a restart, but over the same connections: starting sockets is not what is tested.
            options.Journal = random.Next(4) == 0 ? new MemoryJournal(random, faultRate: 0) : null;
            var client = new WanVideoClient(options, connections with { Owned = [] });
            var request = new TextToVideoRequest { Prompt = "a lighthouse", ClientRequestId = $"order-{number}" };
            for (var calls = options.Journal is null ? 1 : 2; calls > 0; calls--)
            {
                beliefs.Add((request.ClientRequestId, await Belief.OfAsync(() => client.CreateAsync(request)), server.Clock.GetUtcNow()));
                server.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            server.Clock.Advance(TimeSpan.FromHours(25));
        }

        Judge(server, beliefs, tally);
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

    private static void Judge(SocketServer server, IReadOnlyList<(string Id, Belief Belief, DateTimeOffset At)> beliefs, Tally tally)
    {
        var posts = server.Posts();
        foreach (var (id, belief, at) in beliefs)
        {
            tally.Add("calls");
            tally.Add(belief);
            if (belief.Lie(server.LedgerOf(posts[id].Where(post => post.ReceivedAt <= at)), id, at) is { } lie)
                tally.Lies.Add($"{id}: {lie} ({belief.Error?.Message})");
        }

        foreach (var submission in posts)
        {
            tally.Add("submissions");
            tally.Add(server.LedgerOf(submission));
        }
    }
}
