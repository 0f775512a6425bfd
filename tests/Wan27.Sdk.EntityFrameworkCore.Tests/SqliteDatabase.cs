using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Wan27.Sdk.EntityFrameworkCore.Tests;

public sealed class SqliteDatabase : TestDatabase
{
    private readonly TemporaryFolder folder = new();

    public string Path => folder["submissions.db"];

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override void Use(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={Path}");
}
