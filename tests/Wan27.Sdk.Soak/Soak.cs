using System.Diagnostics;
using System.Globalization;

namespace Wan27.Sdk.Soak;

/// <summary>
/// Rounds of generations by long-lived clients: each round has an emulator and a journal of its own, so that any growth is the client's,
/// and ends with a new process that resumes what the round left behind.
/// </summary>
internal sealed class Soak(int seed, TextWriter output) : IDisposable
{
    public const int Callers = 32;

    private const int GenerationsInARound = 300;

    /// <summary>A round takes seconds; a round that takes this long is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Tally tally = new();
    private readonly Meters meters = new();

    /// <returns>Whether nothing was lost, nothing was bought twice and nothing grew.</returns>
    public async Task<bool> RunAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("wan27-soak-").FullName;
        var growth = new Growth();
        output.WriteLine($"seed {seed}, {Callers} callers, rounds of {GenerationsInARound} generations");
        try
        {
            var journal = new RoundJournal();
            var port = await Service.FreePortAsync(random);
            await using (var clients = new Clients(port, journal))
            {
                for (var round = 1; watch.Elapsed < time && !cancellationToken.IsCancellationRequested; round++)
                {
                    journal.Begin(Path.Combine(folder, $"{round}.jsonl"));
                    await RunRoundAsync(round, random.Next(), port, clients, journal, folder).WaitAsync(Patience, CancellationToken.None);
                    growth.Add(ResourceUsage.Measure(meters.OpenConnections));
                }
            }

            var findings = growth.Findings().Concat(Audit.TooFewFaults(tally)).Concat(tally.Findings).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMinutes:F1} min\n{tally}\n{meters}\n{growth}"));
            output.WriteLine(findings.Count == 0 ? "0 lost, 0 duplicates, no growth" : $"{findings.Count} FINDINGS\n{string.Join('\n', findings.Take(20))}");
            return findings.Count == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => meters.Dispose();

    private async Task RunRoundAsync(int round, int roundSeed, int port, Clients clients, RoundJournal journal, string folder)
    {
        await using var emulator = await Service.StartAsync(port, roundSeed);
        var known = new KnownGenerations();
        await Parallel.ForAsync(0, GenerationsInARound, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, _) =>
        {
            var id = $"round-{round}-{number}";
            var random = new Random(roundSeed ^ (number * 397));
            await new Caller(clients.Of(number), new VideoDownload(folder, id), known, tally, random).RunAsync(id);
        });
        var connections = meters.OpenConnections;
        using (var next = clients.NewProcess())
            await new NextProcess(next, folder, known, tally).RunAsync();
        if (meters.OpenConnections > connections)
            tally.Find($"GROWTH: {meters.OpenConnections - connections} connections outlive their client");
        tally.Add("rounds");
        new Audit(emulator.Ledger, journal.Path, known).Judge(tally);
        File.Delete(journal.Path);
    }
}
