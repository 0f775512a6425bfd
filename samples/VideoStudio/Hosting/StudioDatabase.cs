using Hangfire.PostgreSql;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace VideoStudio.Hosting;

/// <summary>Configures what is kept: all in PostgreSQL; without it, in an SQLite file, with jobs in memory.</summary>
internal static class StudioDatabase
{
    public static void AddStudioDatabase(this WebApplicationBuilder builder, StudioOptions options)
    {
        var connection = ConnectionString(builder.Configuration);
        var folder = new DataFolder(Path.GetFullPath(options.Data, builder.Environment.ContentRootPath));
        foreach (var path in new[] { folder.Keys, folder.Uploads, folder.Videos })
            Directory.CreateDirectory(path);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks()
            .AddDbContextCheck<StudioContext>()
            .AddCheck("folder", () => new HealthCheckResult(Directory.Exists(folder.Videos) ? HealthStatus.Healthy : HealthStatus.Unhealthy));

        // Shared by all instances, so that a page can use any of them.
        var keys = new DirectoryInfo(folder.Keys);
        builder.Services.AddDataProtection().SetApplicationName("VideoStudio").PersistKeysToFileSystem(keys);
        builder.Services.AddDbContextFactory<StudioContext>(context => Use(context, connection, folder));
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27")).AddEntityFrameworkJournal<StudioContext>();
        builder.Services.AddHangfire(hangfire =>
        {
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (connection is null)
                hangfire.UseInMemoryStorage();
            else
                hangfire.UsePostgreSqlStorage(storage => storage.UseNpgsqlConnection(connection), JobStorage());
        });
        builder.Services.AddHangfireServer(server =>
        {
            server.WorkerCount = options.Workers;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.StopTimeout = TimeSpan.Zero;
            server.ShutdownTimeout = TimeSpan.FromSeconds(25);
        });
    }

    /// <summary>Creates and updates the tables. One of several instances that start at once does it.</summary>
    public static async Task MigrateStudioDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<StudioContext>();

        // A process that is killed during a migration leaves EF Core's lock in SQLite. No other process uses the file.
        if (database.Database.IsSqlite() && await database.Database.CanConnectAsync(app.Lifetime.ApplicationStopping))
            await database.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS \"__EFMigrationsLock\"", app.Lifetime.ApplicationStopping);
        await database.Database.MigrateAsync(app.Lifetime.ApplicationStopping);
        if (database.Database.IsNpgsql())
            return;

        // The jobs were in the memory of the last process.
        var jobs = scope.ServiceProvider.GetRequiredService<IBackgroundJobClient>();
        var unfinished = database.Generations.Where(
            generation => generation.State != GenerationState.Done && generation.State != GenerationState.Failed);
        foreach (var id in await unfinished.Select(generation => generation.Id).ToListAsync(app.Lifetime.ApplicationStopping))
            jobs.Enqueue<GenerationJob>(job => job.RunAsync(id, null, CancellationToken.None));
    }

    // The migrations are written for PostgreSQL; SQLite takes its names of types.
    public static void Use(DbContextOptionsBuilder context, string? connection, DataFolder folder)
    {
        if (connection is null)
            context.UseSqlite($"Data Source={folder.Database}")
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        else
            context.UseNpgsql(connection);
    }

    // No connection is opened. Npgsql's message contains the keyword, and no values except numbers.
    private static string? ConnectionString(ConfigurationManager configuration)
    {
        if (configuration.GetConnectionString("Studio") is not { Length: > 0 } connection)
            return null;
        try
        {
            using var source = NpgsqlDataSource.Create(connection);
            return connection;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new OptionsValidationException("Studio", typeof(StudioOptions), [$"ConnectionStrings:Studio is invalid: {e.Message}"]);
        }
    }

    // Short, because the jobs of a killed process become visible again after it. A step that runs twice does no harm.
    private static PostgreSqlStorageOptions JobStorage() => new()
    {
        QueuePollInterval = TimeSpan.FromSeconds(1),
        EnableLongPolling = true,
        InvisibilityTimeout = TimeSpan.FromSeconds(30),
        UseSlidingInvisibilityTimeout = true,
        DistributedLockTimeout = TimeSpan.FromSeconds(10),
    };
}
