using Npgsql;

namespace VideoStudio.Store.Postgres;

/// <summary>Receives the changes of all instances and publishes them to the pages of this one.</summary>
internal sealed class PostgresListener(
    NpgsqlDataSource database, IGenerationStore store, GenerationFeed feed, TimeProvider time, ILogger<PostgresListener> log) : BackgroundService
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException)
            {
                log.LogWarning(e, "The connection for change notifications was lost; connecting again in {Delay}", ReconnectDelay);
                await Task.Delay(ReconnectDelay, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var changed = new HashSet<string>();
        connection.Notification += (_, notification) => changed.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand("listen studio_generations", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        // The changes before the connection.
        foreach (var generation in feed.HasSubscribers ? await store.ListAsync(cancellationToken) : [])
            feed.Publish(generation);

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
            string[] ids = [.. changed];
            changed.Clear();
            foreach (var id in feed.HasSubscribers ? ids : [])
            {
                if (await store.FindAsync(id, cancellationToken) is { } generation)
                    feed.Publish(generation);
            }
        }
    }
}
