using Microsoft.EntityFrameworkCore;

namespace Wan27.Sdk.EntityFrameworkCore.Tests;

public sealed class PostgresDatabase : TestDatabase
{
    private PostgresCluster? cluster;

    public PostgresCluster Cluster => cluster!;

    public override async ValueTask InitializeAsync()
    {
        if (PostgresCluster.IsInstalled)
            cluster = await PostgresCluster.StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }

    protected override void Use(DbContextOptionsBuilder options) => options.UseNpgsql(cluster!.ConnectionString);
}
