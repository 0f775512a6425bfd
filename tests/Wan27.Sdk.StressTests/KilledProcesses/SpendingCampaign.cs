using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wan27.Sdk.CrashVictim;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.StressTests.KilledProcesses;

public class SpendingCampaign
{
    private const decimal Price = 0.975m;
    private const int Processes = 8;

    private static readonly int KillsPerProcess = CampaignSize.IsFullSize ? 4 : 1;
    private static readonly int Submissions = CampaignSize.Of(200);

    [Theory(Timeout = 900_000)]
    [InlineData("file")]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    [Fault(144, "Create", "With a journal, the budget holds over all processes, also if they are killed")]
    public async Task Processes_that_share_a_journal_never_exceed_their_budget_and_buy_nothing_twice(string store)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        using var folder = new TemporaryFolder();
        await using var emulator = await StartAsync(cancellationToken);
        // Enough for a third of what they ask for.
        var limit = (Processes * Submissions / 3 * Price) + 0.3m;
        await using var postgres = await StartAsync(store);
        var journal = postgres?.ConnectionString.Replace("=40", "=8", StringComparison.Ordinal)
            ?? (store == "file" ? folder["submissions.jsonl"] : $"Data Source={folder["submissions.db"]}");
        await CreateTablesAsync(journal, cancellationToken);
        var ended = await Task.WhenAll(Enumerable.Range(0, Processes).Select(
            number => RunAsync(emulator, journal, number, limit, cancellationToken)));

        // What is still in progress is charged when it completes; what a killed process left behind is read once more.
        emulator.Faults.Clear();
        using var client = new WanVideoClient(Options(emulator, journal));
        foreach (var submission in emulator.Ledger.Submissions)
            _ = await Record.ExceptionAsync(() => client.WaitAsync(submission.Id, cancellationToken: cancellationToken));
        foreach (var submission in emulator.Ledger.Submissions)
            _ = await client.FindGenerationsAsync(submission.ClientRequestId!, cancellationToken);
        var budget = new SpendingBudget(limit);
        await budget.RefreshAsync(SpendingVictim.JournalAt(journal), cancellationToken: cancellationToken);

        var charged = emulator.Ledger.TotalCharged;
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{store}: {Processes} processes x {Submissions} submissions, {ended.Sum()} kills, {watch.Elapsed.TotalSeconds:F1} s: {charged} USD charged; the journal: {budget}"));
        Assert.InRange(charged, 0.01m, limit);
        Assert.Equal(charged, budget.SpentUsd);
        Assert.True(budget.RemainingUsd >= 0, budget.ToString());
        Assert.Equal(emulator.Ledger.Submissions.Count, emulator.Ledger.Submissions.Select(submission => submission.ClientRequestId).Distinct().Count());
        Assert.All(
            emulator.Ledger.Requests.Where(request => request is { Method: "POST", GenerationId: not null }).GroupBy(request => request.ClientRequestId),
            sent => Assert.Single(sent));
        // The last submission of each process may have been refused, and its price released, when the others had already stopped.
        Assert.True(budget.RemainingUsd < Processes * Price, "The processes asked for more than the limit, so they must have reached it.");
    }

    private static async Task<PostgresCluster?> StartAsync(string store)
    {
        if (store != "PostgreSQL")
            return null;
        PostgresCluster.Require();
        return await PostgresCluster.StartAsync();
    }

    private static async Task CreateTablesAsync(string journal, CancellationToken cancellationToken)
    {
        if (!journal.Contains('=', StringComparison.Ordinal))
            return;
        var builder = new DbContextOptionsBuilder<WanSubmissionsContext>();
        var isSqlite = journal.StartsWith("Data Source=", StringComparison.Ordinal);
        await using var context = new WanSubmissionsContext((isSqlite ? builder.UseSqlite(journal) : builder.UseNpgsql(journal)).Options);
        await context.Database.EnsureCreatedAsync(cancellationToken);
    }

    private static async Task<int> RunAsync(WanEmulator emulator, string journal, int number, decimal limit, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "spend", emulator.BaseAddress.AbsoluteUri, emulator.ApiKey, journal, $"process-{number}",
            Submissions.ToString(CultureInfo.InvariantCulture), limit.ToString(CultureInfo.InvariantCulture),
        ];
        var random = new Random(number);
        for (var kill = 0; kill < KillsPerProcess; kill++)
        {
            using var victim = VictimProcess.Start(arguments);
            await victim.ReachAsync(Math.Max(1, (kill * Submissions / (KillsPerProcess + 1)) + random.Next(Submissions / 10 + 1)), cancellationToken);
            await victim.KillAsync(cancellationToken);
        }

        using var last = VictimProcess.Start(arguments);
        Assert.Equal(Submissions, (await last.ReadToEndAsync(cancellationToken)).Count);
        return KillsPerProcess;
    }

    private static async Task<WanEmulator> StartAsync(CancellationToken cancellationToken)
    {
        var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.Balance = 1_000_000;
                options.LogReadsPerMinute = int.MaxValue;
                (options.QueuedFor, options.GeneratingFor) = (TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(30));
            },
            cancellationToken);
        emulator.Faults.Add(
            EmulatorFault.Status(502).AfterAccepting().On(EmulatorOperations.Submit).AtRate(0.08),
            EmulatorFault.ResetAt(0).On(EmulatorOperations.Submit).AtRate(0.04),
            EmulatorFault.Status(500).On(EmulatorOperations.Submit).AtRate(0.02),
            EmulatorFault.Status(400).On(EmulatorOperations.Submit).AtRate(0.05),
            EmulatorFault.Status(503).On(EmulatorOperations.Get).AtRate(0.05));
        // Every twelfth generation fails and is not charged.
        var accepted = 0;
        emulator.Script(_ => Interlocked.Increment(ref accepted) % 12 == 0, EmulatorScript.FailWith("Policy", "no"));
        return emulator;
    }

    private static WanVideoClientOptions Options(WanEmulator emulator, string journal) => new()
    {
        ApiKey = emulator.ApiKey,
        BaseAddress = emulator.BaseAddress,
        LoggerFactory = WatchedLoggers.Instance,
        Journal = SpendingVictim.JournalAt(journal),
    };
}
