using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.DependencyInjection;

/// <summary>One registration, whatever overload it came through: checked options, two HTTP clients, a singleton over both.</summary>
internal static class WanVideoClientRegistration
{
    private const string ClientName = "Wan27.Sdk";

    /// <param name="services">Where to register.</param>
    /// <param name="name">The keyed client's name; null for the one that has none.</param>
    /// <param name="section">The section of the configuration with the settings; null if code makes them.</param>
    /// <param name="configure">Makes the settings; null: there are none but the environment's key.</param>
    public static IHttpClientBuilder Add(
        IServiceCollection services, string? name, IConfigurationSection? section, Action<OptionsBuilder<WanVideoClientOptions>>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var optionsName = name ?? Options.DefaultName;
        var apiName = name is null ? ClientName : $"{ClientName}:{name}";
        // Begins as no name of an API client does, whatever its key is.
        var filesName = name is null ? $"{ClientName}.Files" : $"{ClientName}.Files:{name}";

        var options = services.AddOptions<WanVideoClientOptions>(optionsName).ValidateOnStart();
        // Another registration of the same client may have set both already.
        if (name is not null)
            options.Configure(target => (target.Account, target.MayAskEnvironment) = (target.Account ?? name, target.MayAskEnvironment && configure is null));
        configure?.Invoke(options);
        // A second registration, by a library and by its host say, adds settings. A second innermost handler would wait for the first.
        if (!services.Any(known => known.ServiceType == typeof(Credentials) && apiName.Equals(known.ServiceKey)))
        {
            services.AddSingleton<IValidateOptions<WanVideoClientOptions>>(new WanVideoClientOptionsValidator(
                optionsName,
                section is not null ? $"{section.Path}:" : name is null ? $"{nameof(WanVideoClientOptions)}." : $"{nameof(WanVideoClientOptions)} \"{name}\": "));
            services.AddKeyedSingleton(apiName, (provider, _) => CredentialsOf(provider, optionsName));
            services.AddSingleton<IHttpMessageHandlerBuilderFilter>(provider => new SendOnceHandlerFilter(
                apiName,
                filesName,
                new Lazy<Credentials>(() => provider.GetRequiredKeyedService<Credentials>(apiName)),
                new Lazy<WanVideoClientOptions>(() => OptionsOf(provider, optionsName))));
        }

        services.AddHttpClient(filesName, ConfigureFiles).RemoveAllLoggers();
        if (name is null)
        {
            services.TryAddSingleton(provider => Build(provider, optionsName, apiName, filesName));
            services.TryAddSingleton<IWanVideoClient>(provider => provider.GetRequiredService<WanVideoClient>());
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => Build(provider, optionsName, apiName, filesName));
            services.TryAddKeyedSingleton<IWanVideoClient>(name, (provider, key) => provider.GetRequiredKeyedService<WanVideoClient>(key));
        }

        // This library logs each attempt itself. If the application adds the framework's log again, it contains no more headers.
        return services.AddHttpClient(apiName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .RedactLoggedHeaders(AllowList.IsSecretHeader);
    }

    // The framework's own log of a file's request would show the signature in its address.
    private static void ConfigureFiles(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Clear();
    }

    /// <summary>Reads the settings from a section, and again whenever it changes.</summary>
    public static void Bind(OptionsBuilder<WanVideoClientOptions> options, IConfigurationSection section)
    {
        options.Configure(target => WanVideoClientSettings.Apply(section, target));
        options.Services.AddSingleton<IOptionsChangeTokenSource<WanVideoClientOptions>>(
            new ConfigurationChangeTokenSource<WanVideoClientOptions>(options.Name, section));
    }

    private static WanVideoClient Build(IServiceProvider provider, string optionsName, string apiName, string filesName)
    {
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        var options = OptionsOf(provider, optionsName);
        var clients = new HttpClients(
            () => ClientComposition.AtAddress(factory.CreateClient(apiName), options.BaseAddress),
            () => factory.CreateClient(filesName),
            provider.GetRequiredKeyedService<Credentials>(apiName),
            IsGuarded: true,
            []);
        return new WanVideoClient(options, clients);
    }

    // Asked for with each request, so that a key that changes in the configuration is the key of the next request.
    private static Credentials CredentialsOf(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>();
        var baseAddress = options.Get(name).BaseAddress;
        return new Credentials(baseAddress, cancellationToken => Latest().GetKeyAsync(cancellationToken));

        // A key belongs to the address that it is configured with: the client keeps its address, so it takes no key of another.
        WanVideoClientOptions Latest()
        {
            try
            {
                var latest = options.Get(name);
                return latest.BaseAddress == baseAddress ? latest : throw new WanConfigurationException(
                    nameof(WanVideoClientOptions.BaseAddress),
                    $"The request was not sent, because {nameof(WanVideoClientOptions.BaseAddress)} was changed from {baseAddress} to {latest.BaseAddress}. Restart the application to use it.");
            }
            catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
            {
                throw new WanConfigurationException(
                    nameof(WanVideoClientOptions.ApiKey), $"The request was not sent, because the settings were changed and are not valid. {e.Message}", e);
            }
        }
    }

    private static WanVideoClientOptions OptionsOf(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>().Get(name);
        if (provider.GetService<TimeProvider>() is { } time && options.TimeProvider == TimeProvider.System)
            options.TimeProvider = time;
        options.Journal ??= provider.GetService<ISubmissionJournal>();
        options.Budget ??= provider.GetService<SpendingBudget>();
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        options.MeterFactory ??= provider.GetService<IMeterFactory>();
        return options;
    }
}
