using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Wan27.Sdk.EntityFrameworkCore.Tests;

/// <summary>Measures on request what a submission takes among many rows: <c>-explicit only -class "*ScaleTests" -showLiveOutput</c>.</summary>
public sealed class ScaleTests(SqliteDatabase sqlite, PostgresDatabase postgres) : IClassFixture<SqliteDatabase>, IClassFixture<PostgresDatabase>
{
    private const int Measured = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_submission_among_a_million_rows_takes_at_most_a_third_more_than_among_a_thousand(string kind)
    {
        PostgresCluster.Require();
        TestDatabase database = kind == "SQLite" ? sqlite : postgres;
        var few = await MedianAsync(database, 1_000, kind);
        var many = await MedianAsync(database, 1_000_000, kind);

        Assert.InRange(many / few, 0, 1.3);
    }

    private static async Task<double> MedianAsync(TestDatabase database, int rows, string kind)
    {
        _ = await database.Journal().ReadPendingAsync(Cancellation);
        await using var context = database.CreateContext();
        context.Database.SetCommandTimeout(300);
        await context.Database.ExecuteSqlRawAsync("DELETE FROM \"WanSubmissions\"", Cancellation);
        await context.Database.ExecuteSqlRawAsync(PlanTests.Fill(rows), Cancellation);
        await context.Database.ExecuteSqlRawAsync(kind == "SQLite" ? "ANALYZE" : "VACUUM ANALYZE", Cancellation);
        var journal = database.Journal();
        var times = new List<double>();
        for (var number = 0; number < Measured; number++)
        {
            var record = new SubmissionRecord
            {
                ClientRequestId = $"new-{number}",
                Fingerprint = "F",
                Model = "m",
                State = SubmissionState.Intended,
                EstimatedUsd = 1m,
                RecordedAt = TimeProvider.System.GetUtcNow(),
            };
            var watch = Stopwatch.StartNew();
            await journal.TryBeginAsync(record, new SubmissionLimits { BudgetUsd = 1_000_000, MaxInProgress = 1_000_000 }, Cancellation);
            foreach (var state in new[] { SubmissionState.Accepted, SubmissionState.Completed, SubmissionState.Finished })
                await journal.RecordAsync(record with { State = state, GenerationId = $"gen-{number}" }, Cancellation);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var median = times.Order().ElementAt(Measured / 2);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{kind}, {rows:N0} rows: {median:F2} ms for a start and three changes"));
        return median;
    }
}
