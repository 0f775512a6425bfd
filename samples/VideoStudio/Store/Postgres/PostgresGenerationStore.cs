using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace VideoStudio.Store.Postgres;

/// <summary>Stores the records of all instances in one table. A trigger notifies every instance of each change.</summary>
internal sealed class PostgresGenerationStore(NpgsqlDataSource database) : IGenerationStore
{
    public async Task<bool> TryAddAsync(Generation generation, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into studio.generations (id, version, is_over, due_at, created_at, document)
            values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing
            """);
        Add(command, generation);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task<Generation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select document, version, due_at from studio.generations where id = $1");
        command.Parameters.AddWithValue(Guid.Parse(id));
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<Generation>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select document, version, due_at from studio.generations order by created_at desc limit {StoreLimits.Listed}");
        return await ReadAsync(command, cancellationToken);
    }

    public async Task<Generation?> TryUpdateAsync(Generation generation, CancellationToken cancellationToken)
    {
        var next = generation with { Version = generation.Version + 1 };
        await using var command = database.CreateCommand(
            """
            update studio.generations set version = $2, is_over = $3, due_at = $4, created_at = $5, document = $6
            where id = $1 and version = $2 - 1
            """);
        Add(command, next);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1 ? next : null;
    }

    public async Task<IReadOnlyList<string>> TakeOverdueAsync(DateTimeOffset dueBefore, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update studio.generations set due_at = $2 where not is_over and due_at <= $1 returning id");
        command.Parameters.AddWithValue(dueBefore);
        command.Parameters.AddWithValue(now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var overdue = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            overdue.Add(reader.GetGuid(0).ToString());
        return overdue;
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private static void Add(NpgsqlCommand command, Generation generation)
    {
        command.Parameters.AddWithValue(Guid.Parse(generation.Id));
        command.Parameters.AddWithValue(generation.Version);
        command.Parameters.AddWithValue(generation.IsOver);
        command.Parameters.AddWithValue(generation.DueAt);
        command.Parameters.AddWithValue(generation.CreatedAt);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(generation, GenerationJson.Options));
    }

    private static async Task<IReadOnlyList<Generation>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<Generation>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var record = JsonSerializer.Deserialize<Generation>(reader.GetString(0), GenerationJson.Options)!;
            records.Add(record with { Version = reader.GetInt32(1), DueAt = reader.GetFieldValue<DateTimeOffset>(2) });
        }

        return records;
    }
}
