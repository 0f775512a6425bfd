using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Wan27.Sdk.Hosting.Tests;

/// <summary>A store that several instances share. Each journal is like that of another process.</summary>
public abstract class TestStore : IAsyncLifetime
{
    public abstract ISubmissionJournal Journal();

    public virtual void Require()
    {
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();
}

public sealed class FileStore : TestStore
{
    private readonly TemporaryFolder folder = new();

    public override ISubmissionJournal Journal() => new FileSubmissionJournal(folder["journal.jsonl"]);

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class SqliteStore : TestStore
{
    private readonly TemporaryFolder folder = new();

    public override ISubmissionJournal Journal() => new EntityFrameworkSubmissionJournal(Context);

    public override async ValueTask InitializeAsync()
    {
        await using var context = Context();
        await context.Database.EnsureCreatedAsync();
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private WanSubmissionsContext Context() =>
        new(new DbContextOptionsBuilder<WanSubmissionsContext>().UseSqlite($"Data Source={folder["submissions.db"]}").Options);
}

public sealed class PostgresStore : TestStore
{
    private PostgresCluster? cluster;

    public override ISubmissionJournal Journal() => new EntityFrameworkSubmissionJournal(Context);

    public override void Require() => PostgresCluster.Require();

    public override async ValueTask InitializeAsync()
    {
        if (!PostgresCluster.IsInstalled)
            return;
        cluster = await PostgresCluster.StartAsync();
        await using var context = Context();
        await context.Database.EnsureCreatedAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
    }

    private WanSubmissionsContext Context() =>
        new(new DbContextOptionsBuilder<WanSubmissionsContext>().UseNpgsql(cluster!.ConnectionString).Options);
}
