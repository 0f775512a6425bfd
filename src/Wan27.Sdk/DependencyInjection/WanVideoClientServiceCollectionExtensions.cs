using Microsoft.Extensions.Configuration;
using Wan27.Sdk;
using Wan27.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="IWanVideoClient"/>, a singleton over <see cref="IHttpClientFactory"/> that may be injected anywhere.</summary>
public static class WanVideoClientServiceCollectionExtensions
{
    /// <summary>Registers the client with the key of the environment variable <c>AIMLAPI_API_KEY</c> or <c>AIML_API_KEY</c>.</summary>
    /// <param name="services">Where to register.</param>
    /// <returns>The API's HTTP client, for handlers of one's own; whatever is added stays outside our innermost one.</returns>
    public static IHttpClientBuilder AddWanVideoClient(this IServiceCollection services) =>
        WanVideoClientRegistration.Add(services, name: null, section: null, configure: null);

    /// <summary>Registers the client with settings made in code.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <returns>The API's HTTP client, for handlers of one's own; whatever is added stays outside our innermost one.</returns>
    public static IHttpClientBuilder AddWanVideoClient(this IServiceCollection services, Action<WanVideoClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return WanVideoClientRegistration.Add(services, name: null, section: null, options => options.Configure(configure));
    }

    /// <summary>Registers the client with settings from configuration.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="section">The section that holds them, such as <c>Wan27</c>.</param>
    /// <returns>The API's HTTP client, for handlers of one's own; whatever is added stays outside our innermost one.</returns>
    public static IHttpClientBuilder AddWanVideoClient(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return WanVideoClientRegistration.Add(services, name: null, section, options => WanVideoClientRegistration.Bind(options, section));
    }

    /// <summary>Registers one of several clients with the environment's key; inject it with <c>[FromKeyedServices(name)]</c>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="name">The client's name, which is its service key.</param>
    /// <returns>The API's HTTP client, for handlers of one's own; whatever is added stays outside our innermost one.</returns>
    public static IHttpClientBuilder AddKeyedWanVideoClient(this IServiceCollection services, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return WanVideoClientRegistration.Add(services, name, section: null, configure: null);
    }

    /// <summary>
    /// Registers one of several clients, say for another account; inject it with <c>[FromKeyedServices(name)]</c>. Its key must be set: it is never
    /// the environment's, which may be another account's.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="name">The client's name, which is its service key.</param>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <returns>The API's HTTP client, for handlers of one's own; whatever is added stays outside our innermost one.</returns>
    public static IHttpClientBuilder AddKeyedWanVideoClient(this IServiceCollection services, string name, Action<WanVideoClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return WanVideoClientRegistration.Add(services, name, section: null, options => options.Configure(configure));
    }

    /// <summary>
    /// Registers one of several clients, say for another account; inject it with <c>[FromKeyedServices(name)]</c>. Its key must be set: it is never
    /// the environment's, which may be another account's.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="name">The client's name, which is its service key.</param>
    /// <param name="section">The section that holds its settings.</param>
    /// <returns>The API's HTTP client, for handlers of one's own; whatever is added stays outside our innermost one.</returns>
    public static IHttpClientBuilder AddKeyedWanVideoClient(this IServiceCollection services, string name, IConfigurationSection section)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        return WanVideoClientRegistration.Add(services, name, section, options => WanVideoClientRegistration.Bind(options, section));
    }
}
