using Microsoft.EntityFrameworkCore;
using VideoStudio.Hosting;
using VideoStudio.Store;

namespace VideoStudio.Tests.Postgres;

/// <summary>Starts one cluster for the tests of a class, and creates an SQLite file, each migrated by four concurrent instances.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("studio-");
    private PostgresCluster? cluster;

    internal PostgresCluster Cluster => cluster!;

    public async ValueTask InitializeAsync()
    {
        if (PostgresCluster.IsInstalled)
            cluster = await PostgresCluster.StartAsync();
        foreach (var isPostgres in PostgresCluster.IsInstalled ? [true, false] : new[] { false })
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(isPostgres))));
    }

    internal StudioContext CreateContext(bool isPostgres)
    {
        if (isPostgres)
            PostgresCluster.Require();
        var options = new DbContextOptionsBuilder<StudioContext>();
        StudioDatabase.Use(options, isPostgres ? Cluster.ConnectionString : null, new DataFolder(folder.FullName));
        return new StudioContext(options.Options, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private async Task MigrateAsync(bool isPostgres)
    {
        await using var context = CreateContext(isPostgres);
        await context.Database.MigrateAsync(TestContext.Current.CancellationToken);
    }
}
