using System.Diagnostics;
using Xunit;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

public class InProcessCampaign
{
    private const int Seed = 27;

    [Fact(Timeout = 900_000)]
    public Task No_fault_buys_twice_and_no_result_contradicts_the_ledger() =>
        RunAsync(CampaignSize.Of(189_000), _ => null, TestContext.Current.CancellationToken);

    [Fact(Timeout = 900_000)]
    public async Task No_fault_buys_twice_with_the_journal_in_a_file()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(
            CampaignSize.Of(1_000), number => new FileSubmissionJournal(Path.Combine(folder.Path, $"{number % 10}.jsonl")), TestContext.Current.CancellationToken);
    }

    private static async Task RunAsync(int submissions, Func<int, ISubmissionJournal?> journal, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, submissions),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (number, _) =>
            {
                using var submission = new FaultedSubmission(Seed, number, tally, journal(number));
                await submission.RunAsync();
            });

        TestContext.Current.TestOutputHelper?.WriteLine($"In process, {watch.Elapsed.TotalSeconds:F1} s: {tally}");
        Assert.True(tally.Contradictions.IsEmpty, string.Join('\n', tally.Contradictions.Order().Take(20)));
        Assert.Equal(submissions, tally["submissions"]);
        Assert.Equal(0, tally["duplicates"]);
    }
}
