using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Wan27.Sdk.CrashVictim;

/// <summary>Generates videos under a budget that other processes share, and is killed somewhere in between. It writes a line for each that has ended.</summary>
public static class SpendingVictim
{
    private const int Concurrency = 8;

    /// <summary>The journal of a connection to SQLite or PostgreSQL, otherwise of a file.</summary>
    public static ISubmissionJournal JournalAt(string place)
    {
        var isSqlite = place.StartsWith("Data Source=", StringComparison.Ordinal);
        if (!isSqlite && !place.StartsWith("Host=", StringComparison.Ordinal))
            return new FileSubmissionJournal(place);
        var builder = new DbContextOptionsBuilder<WanSubmissionsContext>();
        var options = (isSqlite ? builder.UseSqlite(place) : builder.UseNpgsql(place)).Options;
        return new EntityFrameworkSubmissionJournal(() => new WanSubmissionsContext(options));
    }

    /// <param name="args">The address, the key, the journal, a prefix of ids, how many videos, and the limit in US dollars.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
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
            Journal = JournalAt(args[2]),
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
