using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Npgsql;

namespace VideoStudio.Hosting;

/// <summary>The engine under the jobs: in memory for a first look, in PostgreSQL for real.</summary>
internal static class StudioHangfire
{
    public const string Schema = "hangfire";

    /// <summary>How often scheduled steps are looked at; Hangfire counts them by whole seconds.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>How long the dashboard shows steps that are over: each poll is a job of its own, so they must not pile up.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    public static void AddStudioHangfire(this WebApplicationBuilder builder, bool hasDatabase, int workers)
    {
        builder.Services.AddHangfire((services, hangfire) =>
        {
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (hasDatabase)
                hangfire.UsePostgreSqlStorage(storage => storage.UseConnectionFactory(new Connections(services)), Settings()).WithJobExpirationTimeout(Kept);
            else
                hangfire.UseInMemoryStorage().WithJobExpirationTimeout(Kept);
        });
        builder.Services.AddHangfireServer(server =>
        {
            server.WorkerCount = workers;
            server.SchedulePollingInterval = Tick;
            server.StopTimeout = TimeSpan.Zero;
            server.ShutdownTimeout = TimeSpan.FromSeconds(25);
        });
    }

    // Short, because what a killed process held is waited for so long, and because a step that runs twice does no harm.
    private static PostgreSqlStorageOptions Settings() => new()
    {
        SchemaName = Schema,
        PrepareSchemaIfNecessary = false,
        QueuePollInterval = Tick,
        EnableLongPolling = true,
        InvisibilityTimeout = TimeSpan.FromSeconds(30),
        UseSlidingInvisibilityTimeout = true,
        DistributedLockTimeout = TimeSpan.FromSeconds(10),
    };

    private sealed class Connections(IServiceProvider services) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => services.GetRequiredService<NpgsqlDataSource>().CreateConnection();
    }
}
