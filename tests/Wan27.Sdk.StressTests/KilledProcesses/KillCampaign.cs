using System.Diagnostics;
using Wan27.Sdk.CrashVictim;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.StressTests.KilledProcesses;

public class KillCampaign
{
    private static readonly int Journals = CampaignSize.Of(20, divisor: 5);
    private static readonly int KillsPerJournal = CampaignSize.Of(10, divisor: 5);
    private const int SubmissionsPerKill = 3;

    private static readonly CrashPoint[] Points = Enum.GetValues<CrashPoint>();

    [Fact(Timeout = 900_000)]
    [Fault(140, "Create", "With a journal, the next process finds the generation or knows that there is none")]
    public async Task A_process_killed_during_a_submission_loses_no_generation_and_buys_none_twice()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        using var folder = new TemporaryFolder();
        await using var service = await CrashedService.StartAsync(isBlind: false, cancellationToken);
        await using var blind = await CrashedService.StartAsync(isBlind: true, cancellationToken);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Journals),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (number, token) => await RunAsync(number, number % 4 == 3 ? blind : service, Path.Combine(folder.Path, $"{number}.jsonl"), token));

        var requests = service.Emulator.Ledger.Requests.Concat(blind.Emulator.Ledger.Requests).ToList();
        Assert.Equal(
            Journals * KillsPerJournal * SubmissionsPerKill / Points.Length,
            requests.Count(request => request is { Method: "POST", IsBodyComplete: false }));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Journals * KillsPerJournal} processes killed in {Journals * KillsPerJournal * SubmissionsPerKill} submissions, {watch.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task RunAsync(int number, CrashedService service, string journal, CancellationToken cancellationToken)
    {
        var killed = new Dictionary<string, CrashPoint>();
        for (var kill = 0; kill < KillsPerJournal; kill++)
        {
            var plan = Plan((number * KillsPerJournal) + kill);
            await KillAsync(plan, service, journal, cancellationToken);
            foreach (var (id, point) in plan)
                killed.Add(id, point);
        }

        await new KillResult(service, journal, killed).InspectAsync(cancellationToken);
    }

    /// <summary>All points occur equally often, in varying combinations.</summary>
    private static Dictionary<string, CrashPoint> Plan(int kill) => Enumerable.Range(kill * SubmissionsPerKill, SubmissionsPerKill)
        .ToDictionary(submission => $"submission-{submission}", submission => Points[(submission + (submission / Points.Length / 7)) % Points.Length]);

    private static async Task KillAsync(
        Dictionary<string, CrashPoint> plan, CrashedService service, string journal, CancellationToken cancellationToken)
    {
        var withoutResponse = plan.Where(one => one.Value is CrashPoint.BeforeResponse).Select(one => one.Key).ToList();
        foreach (var id in withoutResponse)
            service.NeverRespond(id, offset: id.Length % 2 * 150);
        using var victim = VictimProcess.Start(service.Emulator, journal, plan);
        await victim.ReachAsync(plan.Count - withoutResponse.Count, cancellationToken);
        await Task.WhenAll(withoutResponse.Select(service.AcceptedAsync)).WaitAsync(cancellationToken);
        // The half that it has read might still be in transit.
        foreach (var (id, _) in plan.Where(one => one.Value is CrashPoint.InsideBody))
            await service.ArrivedAsync(id, cancellationToken);
        await victim.KillAsync(cancellationToken);
    }
}
