using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Npgsql;
using VideoStudio.Store;
using VideoStudio.Store.Embedded;
using VideoStudio.Store.Postgres;

namespace VideoStudio.Hosting;

/// <summary>Configures records and journal: files for one instance, PostgreSQL for one or many.</summary>
internal static class StudioStore
{
    public static bool AddStudioStore(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DataFolder>();
        services.AddSingleton<GenerationFeed>();

        // Shared by all instances, so that a page can use any of them.
        services.AddDataProtection().SetApplicationName("VideoStudio");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>(
            (keys, folder, logs) => keys.XmlRepository =
                new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(new DirectoryInfo(folder.Keys), logs));

        if (builder.Configuration.GetConnectionString("Studio") is not { Length: > 0 } connection)
        {
            services.AddSingleton<IGenerationStore, EmbeddedGenerationStore>();
            services.AddSingleton<ISubmissionJournal>(provider => new FileSubmissionJournal(provider.GetRequiredService<DataFolder>().Journal));
            return false;
        }

        var database = Create(connection);
        services.AddSingleton(_ => database);
        services.AddSingleton<PostgresMigrator>();
        services.AddSingleton<IGenerationStore, PostgresGenerationStore>();
        services.AddSingleton<ISubmissionJournal, PostgresSubmissionJournal>();
        services.AddHostedService<PostgresListener>();
        return true;
    }

    // No connection is opened yet. Npgsql's message contains the keyword, and no values except numbers.
    private static NpgsqlDataSource Create(string connection)
    {
        try
        {
            return NpgsqlDataSource.Create(connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new OptionsValidationException("Studio", typeof(StudioOptions), [$"ConnectionStrings:Studio is invalid: {e.Message}"]);
        }
    }

    public static async Task MigrateStudioStoreAsync(this WebApplication app)
    {
        if (app.Services.GetService<PostgresMigrator>() is { } migrator)
            await migrator.MigrateAsync(app.Lifetime.ApplicationStopping);
    }
}
