using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using VideoStudio.Store.Postgres;

namespace VideoStudio.Tests.Postgres;

/// <summary>Starts one cluster for the tests of a class, with its schema migrated by four concurrent instances.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresCluster? cluster;
    private NpgsqlDataSource? database;

    internal PostgresCluster Cluster => cluster!;

    internal NpgsqlDataSource Database => database!;

    public async ValueTask InitializeAsync()
    {
        if (!PostgresCluster.IsInstalled)
            return;
        cluster = await PostgresCluster.StartAsync();
        database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            new PostgresMigrator(database, NullLogger<PostgresMigrator>.Instance).MigrateAsync(TestContext.Current.CancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }
}
