using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Npgsql;

namespace VideoStudio.Hosting;

/// <summary>Configures Hangfire: in memory without a database, otherwise in PostgreSQL.</summary>
internal static class StudioHangfire
{
    public const string Schema = "hangfire";

    /// <summary>How often scheduled steps are polled. Hangfire schedules with a resolution of a second.</summary>
    private static readonly TimeSpan PollingInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long the dashboard shows completed steps. Each poll is a separate job, so that they must not accumulate.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    public static void AddStudioHangfire(this WebApplicationBuilder builder, bool hasDatabase, int workers)
    {
        builder.Services.AddHangfire((services, hangfire) =>
        {
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (hasDatabase)
                hangfire.UsePostgreSqlStorage(storage => storage.UseConnectionFactory(new Connections(services)), Settings()).WithJobExpirationTimeout(Retention);
            else
                hangfire.UseInMemoryStorage().WithJobExpirationTimeout(Retention);
        });
        builder.Services.AddHangfireServer(server =>
        {
            server.WorkerCount = workers;
            server.SchedulePollingInterval = PollingInterval;
            server.StopTimeout = TimeSpan.Zero;
            server.ShutdownTimeout = TimeSpan.FromSeconds(25);
        });
    }

    // Short, because the steps of a killed process become visible again after it. A step that runs twice does no harm.
    private static PostgreSqlStorageOptions Settings() => new()
    {
        SchemaName = Schema,
        PrepareSchemaIfNecessary = false,
        QueuePollInterval = PollingInterval,
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
