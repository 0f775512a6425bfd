using Npgsql;

namespace VideoStudio.Store.Postgres;

/// <summary>Hears of the changes that any instance made, and passes them on to the pages of this one.</summary>
internal sealed class PostgresListener(
    NpgsqlDataSource database, IGenerationStore store, GenerationFeed feed, TimeProvider time, ILogger<PostgresListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

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
                log.LogWarning(e, "The database told no changes for a moment");
                await Task.Delay(Pause, time, stoppingToken);
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

        // What changed while nobody listened.
        foreach (var generation in feed.IsHeard ? await store.ListAsync(cancellationToken) : [])
            feed.Publish(generation);

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
            string[] ids = [.. changed];
            changed.Clear();
            foreach (var id in feed.IsHeard ? ids : [])
            {
                if (await store.FindAsync(id, cancellationToken) is { } generation)
                    feed.Publish(generation);
            }
        }
    }
}
