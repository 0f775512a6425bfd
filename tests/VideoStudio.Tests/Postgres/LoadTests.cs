using System.Diagnostics;
using Npgsql;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests.Postgres;

/// <summary>Measures the threads, memory and connections of a thousand waiting jobs on one instance, and prints them.</summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Jobs = 1_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thousand_waiting_jobs_hold_no_thread_and_few_connections(bool hasDatabase)
    {
        if (hasDatabase)
            PostgresCluster.Require();
        await using var cluster = hasDatabase ? await PostgresCluster.StartAsync() : null;
        await using var emulator = await WanEmulator.StartAsync(
            options => (options.Balance, options.GeneratingFor) = (100_000, TimeSpan.FromHours(1)), Cancellation);
        var data = Directory.CreateTempSubdirectory("studio-load-");
        await using (var studio = await StudioProcess.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings:Studio"] = cluster?.ConnectionString ?? "",
            ["Studio:EmulatorAddress"] = emulator.BaseAddress.AbsoluteUri,
            ["Studio:Data"] = data.FullName,
            ["Wan27:Polling:InitialDelay"] = "00:00:15",
            ["Wan27:Polling:Interval"] = "00:00:15",
        }))
        {
            var idle = (studio.Megabytes, studio.Threads);
            using var client = await StudioClient.ConnectAsync(studio.Address);
            for (var i = 0; i < Jobs; i++)
                await client.GenerateAsync();
            for (var waited = Stopwatch.StartNew(); emulator.Ledger.Submissions.Count < Jobs; await Task.Delay(200, Cancellation))
                Assert.True(waited.Elapsed < TimeSpan.FromMinutes(3), $"All {Jobs} jobs must be submitted within 3 min (were {emulator.Ledger.Submissions.Count}).");
            await Task.Delay(TimeSpan.FromSeconds(20), Cancellation);

            var connections = hasDatabase ? await ConnectionsAsync(cluster!) : 0;
            output.WriteLine(
                $"{Jobs} jobs waiting{(hasDatabase ? " on PostgreSQL" : " with SQLite")}: {studio.Megabytes} MB ({idle.Megabytes} MB idle), "
                + $"{studio.Threads} threads ({idle.Threads} idle), {connections} connections to the database");
            Assert.True(studio.Threads < idle.Threads + 60, $"{studio.Threads} threads, {idle.Threads} before.");
            Assert.True(connections <= 40, $"{connections} connections.");
        }

        data.Delete(recursive: true);
    }

    private static async Task<int> ConnectionsAsync(PostgresCluster cluster)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            "select count(*)::int from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
