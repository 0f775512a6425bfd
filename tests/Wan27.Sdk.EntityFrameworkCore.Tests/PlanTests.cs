using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Wan27.Sdk.EntityFrameworkCore.Tests;

/// <summary>No statement reads a table of submissions completely, so that a call among a million rows takes what it takes among a thousand.</summary>
public sealed class PlanTests(SqliteDatabase sqlite, PostgresDatabase postgres) : IClassFixture<SqliteDatabase>, IClassFixture<PostgresDatabase>
{
    private const int Rows = 20_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SQLite_searches_submissions_by_an_index_in_each_statement()
    {
        await FillAsync(sqlite);

        var plans = await PlansAsync(sqlite, "EXPLAIN QUERY PLAN ", column: 3);

        Assert.DoesNotContain(plans, line => line.Contains("SCAN", StringComparison.Ordinal) && !Regex.IsMatch(line, "SCAN (one|CONSTANT ROW|WanGate)"));
        Assert.Contains(plans, line => line.Contains("SEARCH", StringComparison.Ordinal) && line.Contains("WanSubmissions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PostgreSQL_searches_submissions_by_an_index_in_each_statement()
    {
        PostgresCluster.Require();
        await FillAsync(postgres);

        var plans = await PlansAsync(postgres, "EXPLAIN ", column: 0);

        Assert.DoesNotContain(plans, line => line.Contains("Seq Scan on \"WanSubmissions\"", StringComparison.Ordinal));
        Assert.Contains(plans, line => line.Contains("Index", StringComparison.Ordinal) && line.Contains("WanSubmissions", StringComparison.Ordinal));
    }

    private static async Task FillAsync(TestDatabase database)
    {
        _ = await database.Journal().ReadPendingAsync(Cancellation);
        await using var context = database.CreateContext();
        await context.Database.ExecuteSqlRawAsync(Fill(Rows), Cancellation);
        await context.Database.ExecuteSqlRawAsync("ANALYZE", Cancellation);
    }

    internal static string Fill(int rows) =>
        $"""
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows})
        INSERT INTO "WanSubmissions" ("ClientRequestId", "Fingerprint", "Model", "State", "GenerationId", "Account", "Budget", "EstimatedMicros", "ActualMicros",
            "StartedAt", "Day", "RecordedAt", "BeginId", "IsCounted")
        SELECT 'old-' || n, 'F', 'm', 4, 'gen-' || n, '', '', 650000, 650000, n, 739000 + n % 30, n, '', 1 FROM numbers
        """;

    /// <summary>The plan of each statement of each command, with its arguments.</summary>
    private static async Task<List<string>> PlansAsync(TestDatabase database, string explain, int column)
    {
        await using var context = database.CreateContext();
        var sql = new Storage.SubmissionSql(context);
        var plans = new List<string>();
        await context.Database.OpenConnectionAsync(Cancellation);
        string[] begin = ["'id'", "'F'", "'m'", "''", "''", "1", "1", "739797", "1", "'call'", "1", "0", "5", "1", "1"];
        string[] update = ["'id'", "''", "1", "'gen'", "-1", "1", "'call'"];
        foreach (var (text, arguments) in new[] { (sql.Begin, begin), (sql.UpdateById, update), (sql.UpdateByGeneration, update) })
        {
            foreach (var statement in string.Format(null, text, [.. arguments]).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = explain + statement;
                await using var reader = await command.ExecuteReaderAsync(Cancellation);
                while (await reader.ReadAsync(Cancellation))
                    plans.Add(reader.GetString(column));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', plans));
        return plans;
    }
}
