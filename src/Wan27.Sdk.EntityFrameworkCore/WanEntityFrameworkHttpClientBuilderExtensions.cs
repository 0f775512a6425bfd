using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Wan27.Sdk;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the submission journal in a database.</summary>
public static class WanEntityFrameworkHttpClientBuilderExtensions
{
    /// <summary>
    /// Keeps submissions in a context of the application, which calls <see cref="WanSubmissionsModelBuilderExtensions.AddWanSubmissions"/> and is registered with
    /// <c>AddDbContextFactory</c>.
    /// </summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="builder">What <c>AddWanVideoClient</c> returns.</param>
    /// <returns>The builder.</returns>
    public static IHttpClientBuilder AddEntityFrameworkJournal<TContext>(this IHttpClientBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ISubmissionJournal>(provider =>
        {
            var factory = provider.GetRequiredService<IDbContextFactory<TContext>>();
            return new EntityFrameworkSubmissionJournal(factory.CreateDbContext, provider.GetService<TimeProvider>());
        });
        return builder;
    }

    /// <summary>Keeps submissions in a database of their own, whose tables are created with the first call.</summary>
    /// <param name="builder">What <c>AddWanVideoClient</c> returns.</param>
    /// <param name="configure">Chooses the database, such as <c>options.UseNpgsql(connectionString)</c>; null for the SQLite file <c>wan-submissions.db</c>.</param>
    /// <returns>The builder.</returns>
    public static IHttpClientBuilder AddEntityFrameworkJournal(this IHttpClientBuilder builder, Action<DbContextOptionsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDbContextFactory<WanSubmissionsContext>(configure ?? (options => options.UseSqlite("Data Source=wan-submissions.db")));
        builder.Services.TryAddSingleton<ISubmissionJournal>(provider =>
        {
            var factory = provider.GetRequiredService<IDbContextFactory<WanSubmissionsContext>>();
            return new EntityFrameworkSubmissionJournal(factory.CreateDbContext, provider.GetService<TimeProvider>(), createsTables: true);
        });
        return builder;
    }
}
