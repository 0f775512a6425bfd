using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wan27.Sdk;
using Wan27.Sdk.Jobs;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the service that hands generations to the application.</summary>
public static class WanJobsHttpClientBuilderExtensions
{
    private const string ClientName = "Wan27.Sdk";

    /// <summary>
    /// Hands each generation that the client submits to a handler when it is finished, failed or unknown, also after a restart. The client must have a journal
    /// that implements <see cref="ISubmissionJobStore"/>; all instances that use the journal share the work.
    /// </summary>
    /// <typeparam name="THandler">The handler, which is registered as a scoped service unless it is registered already.</typeparam>
    /// <param name="builder">What <c>AddWanVideoClient</c> or <c>AddKeyedWanVideoClient</c> returns.</param>
    /// <param name="configure">Changes the settings; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The builder is not that of a client of the SDK.</exception>
    public static IHttpClientBuilder AddJobs<THandler>(this IHttpClientBuilder builder, Action<GenerationJobOptions>? configure = null)
        where THandler : class, IGenerationHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        var key = KeyOf(builder);
        var name = key ?? Options.Options.DefaultName;
        builder.Services.Configure<WanVideoClientOptions>(name, options => options.CreatesJobs = true);
        builder.Services.TryAddScoped<THandler>();
        var options = builder.Services.AddOptions<GenerationJobOptions>(name).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        builder.Services.AddSingleton<IValidateOptions<GenerationJobOptions>>(new GenerationJobOptionsValidator(name));
        builder.Services.AddSingleton<IHostedService>(provider => Service<THandler>(provider, key, name));
        return builder;
    }

    private static GenerationJobService Service<THandler>(IServiceProvider provider, string? key, string name)
        where THandler : class, IGenerationHandler
    {
        var client = key is null ? provider.GetRequiredService<IWanVideoClient>() : provider.GetRequiredKeyedService<IWanVideoClient>(key);
        var clientOptions = provider.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>().Get(name);
        var time = provider.GetService<TimeProvider>() ?? clientOptions.TimeProvider;
        var journal = clientOptions.Journal ?? provider.GetRequiredService<ISubmissionJournal>();
        var options = provider.GetRequiredService<IOptionsMonitor<GenerationJobOptions>>().Get(name);
        var log = provider.GetRequiredService<ILoggerFactory>().CreateLogger(WanVideoClient.LogCategory + ".Jobs");
        var store = new JobStore(journal, (ISubmissionJobStore)journal, clientOptions.Account, options.ClaimTime, log, time);
        var handing = new HandlerCalls(HandleAsync, options.MaxHandlers);
        return new GenerationJobService(store, new OutcomeReader(client, options, time), handing, options, log, time);

        async Task HandleAsync(GenerationOutcome outcome, CancellationToken cancellationToken)
        {
            var scope = provider.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
                await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(outcome, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? KeyOf(IHttpClientBuilder builder) =>
        builder.Name == ClientName ? null
        : builder.Name.StartsWith(ClientName + ":", StringComparison.Ordinal) ? builder.Name[(ClientName.Length + 1)..]
        : throw new ArgumentException($"'{builder.Name}' is no client that AddWanVideoClient or AddKeyedWanVideoClient registers.", nameof(builder));
}
