using System.Globalization;
using System.Reflection;
using Hangfire.PostgreSql;
using Npgsql;
using VideoStudio.Hosting;

namespace VideoStudio.Store.Postgres;

/// <summary>Applies numbered migration scripts at startup, each once, by one instance at a time.</summary>
internal sealed class PostgresMigrator(NpgsqlDataSource database, ILogger<PostgresMigrator> log)
{
    /// <summary>The key of the advisory lock; any number that no other application uses on this database.</summary>
    private const long LockKey = 0x5741_4E32_37;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            await ExecuteAsync(
                connection,
                """
                create schema if not exists studio;
                create table if not exists studio.migrations
                    (number integer primary key, name text not null, applied_at timestamptz not null default now())
                """,
                cancellationToken);
            var applied = await AppliedAsync(connection, cancellationToken);
            foreach (var (number, name) in Scripts().Where(script => !applied.Contains(script.Number)))
                await ApplyAsync(connection, number, name, cancellationToken);
            PostgreSqlObjectsInstaller.Install(connection, StudioHangfire.Schema);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static IEnumerable<(int Number, string Name)> Scripts() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => char.IsAsciiDigit(name[0]))
        .Order(StringComparer.Ordinal)
        .Select(name => (int.Parse(name[..4], CultureInfo.InvariantCulture), name));

    private static async Task<HashSet<int>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number from studio.migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(reader.GetInt32(0));
        return applied;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, int number, string name, CancellationToken cancellationToken)
    {
        using var script = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, await script.ReadToEndAsync(cancellationToken), cancellationToken);
        await using var record = new NpgsqlCommand("insert into studio.migrations (number, name) values ($1, $2)", connection)
        {
            Parameters = { new() { Value = number }, new() { Value = name } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.LogInformation("Applied migration {Migration}", name);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
