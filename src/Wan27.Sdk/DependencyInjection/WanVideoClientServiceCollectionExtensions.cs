using Microsoft.Extensions.Configuration;
using Wan27.Sdk;
using Wan27.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="IWanVideoClient"/> as a singleton that uses <see cref="IHttpClientFactory"/>.</summary>
public static class WanVideoClientServiceCollectionExtensions
{
    /// <summary>Registers the client with the key of the environment variable <c>AIMLAPI_API_KEY</c> or <c>AIML_API_KEY</c>.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The builder of the API's HTTP client, to add handlers. They are outside the handler of this library.</returns>
    public static IHttpClientBuilder AddWanVideoClient(this IServiceCollection services) =>
        WanVideoClientRegistration.Add(services, name: null, section: null, configure: null);

    /// <summary>Registers the client with settings from code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <returns>The builder of the API's HTTP client, to add handlers. They are outside the handler of this library.</returns>
    public static IHttpClientBuilder AddWanVideoClient(this IServiceCollection services, Action<WanVideoClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return WanVideoClientRegistration.Add(services, name: null, section: null, options => options.Configure(configure));
    }

    /// <summary>Registers the client with settings from the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section with the settings, such as <c>Wan27</c>.</param>
    /// <returns>The builder of the API's HTTP client, to add handlers. They are outside the handler of this library.</returns>
    public static IHttpClientBuilder AddWanVideoClient(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return WanVideoClientRegistration.Add(services, name: null, section, options => WanVideoClientRegistration.Bind(options, section));
    }

    /// <summary>Registers one of several clients with the key of the environment; inject it with <c>[FromKeyedServices(name)]</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the client, which is its service key.</param>
    /// <returns>The builder of the API's HTTP client, to add handlers. They are outside the handler of this library.</returns>
    public static IHttpClientBuilder AddKeyedWanVideoClient(this IServiceCollection services, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return WanVideoClientRegistration.Add(services, name, section: null, configure: null);
    }

    /// <summary>
    /// Registers one of several clients, for example for another account; inject it with <c>[FromKeyedServices(name)]</c>. Its key must be set: the
    /// key of the environment, which may be that of another account, is not used.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the client, which is its service key.</param>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <returns>The builder of the API's HTTP client, to add handlers. They are outside the handler of this library.</returns>
    public static IHttpClientBuilder AddKeyedWanVideoClient(this IServiceCollection services, string name, Action<WanVideoClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return WanVideoClientRegistration.Add(services, name, section: null, options => options.Configure(configure));
    }

    /// <summary>
    /// Registers one of several clients, for example for another account; inject it with <c>[FromKeyedServices(name)]</c>. Its key must be set: the
    /// key of the environment, which may be that of another account, is not used.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the client, which is its service key.</param>
    /// <param name="section">The section with the settings.</param>
    /// <returns>The builder of the API's HTTP client, to add handlers. They are outside the handler of this library.</returns>
    public static IHttpClientBuilder AddKeyedWanVideoClient(this IServiceCollection services, string name, IConfigurationSection section)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        return WanVideoClientRegistration.Add(services, name, section, options => WanVideoClientRegistration.Bind(options, section));
    }
}
