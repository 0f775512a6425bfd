using System.Globalization;

namespace Wan27.Sdk.CrashVictim;

/// <summary>Generates videos under a budget that other processes share, and is killed somewhere in between. It writes a line for each that has ended.</summary>
public static class SpendingVictim
{
    private const int Concurrency = 8;

    /// <param name="args">The address, the key, the journal, a prefix of ids, how many videos, and the limit in US dollars.</param>
    /// <param name="journal">The journal, which the processes share.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ISubmissionJournal journal)
    {
        _ = Task.Run(() =>
        {
            // The parent process has ended and cannot kill it.
            _ = Console.In.ReadToEnd();
            Environment.Exit(2);
        });
        using var client = new WanVideoClient(new WanVideoClientOptions
        {
            BaseAddress = new Uri(args[0]),
            ApiKey = args[1],
            Journal = journal,
            Budget = new SpendingBudget(decimal.Parse(args[5], CultureInfo.InvariantCulture)),
            ReconciliationTimeout = TimeSpan.Zero,
            Polling = new PollingOptions { InitialDelay = TimeSpan.FromMilliseconds(20), Interval = TimeSpan.FromMilliseconds(50) },
        });
        await Parallel.ForEachAsync(
            Enumerable.Range(0, int.Parse(args[4], CultureInfo.InvariantCulture)),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (number, cancellationToken) =>
            {
                var request = new TextToVideoRequest
                {
                    Prompt = "a lighthouse",
                    Duration = VideoDuration.FiveSeconds,
                    ClientRequestId = $"{args[3]}-{number}",
                };
                try
                {
                    await client.GenerateAndWaitAsync(request, cancellationToken: cancellationToken);
                    Console.WriteLine($"{request.ClientRequestId} completed");
                }
                catch (WanException e)
                {
                    Console.WriteLine($"{request.ClientRequestId} {e.GetType().Name} {e.Message}");
                }
            });
        return 0;
    }
}
