using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace Wan27.Sdk.IntegrationTests.Money.HostMatrix;

/// <summary>
/// Everything that an application may put around the client. One combination is left out on purpose: a handler inside an <see cref="HttpClient"/>
/// of the caller that both buffers a body and sends it again, either by itself or with a transport below it that follows redirects. No handler of
/// the SDK is there, as the constructor's documentation states. Therefore the two handlers that buffer have a transport without redirects.
/// </summary>
internal static class HandlerCombinations
{
    public static IReadOnlyDictionary<string, Func<WanVideoClientOptions, WrappedClient>> All { get; } =
        new Dictionary<string, Func<WanVideoClientOptions, WrappedClient>>
        {
            ["own transport"] = Own,
            ["HttpClient"] = options => OverClient(options, new SocketsHttpHandler()),
            ["HttpClient, retrying"] = options => OverClient(options, new RetryingHandler { InnerHandler = new SocketsHttpHandler() }),
            ["HttpClient, hedging"] = options => OverClient(options, new HedgingHandler { InnerHandler = new SocketsHttpHandler() }),
            ["HttpClient, logging"] = options => OverClient(options, new LoggingHandler { InnerHandler = Unredirected() }),
            ["HttpClient, buffering"] = options => OverClient(options, new BufferingHandler { InnerHandler = Unredirected() }),
            ["factory"] = options => Container(options),
            ["defaults before"] = options => Container(options, before: StandardResilience),
            ["defaults after"] = options => Container(options, after: StandardResilience),
            ["standard resilience"] = options => Container(options, api => api.AddStandardResilienceHandler(Quick)),
            ["standard hedging"] = options => Container(options, api => api.AddStandardHedgingHandler().Configure(hedging => hedging.Hedging.Delay = TimeSpan.Zero)),
            ["retrying"] = options => Container(options, api => api.AddHttpMessageHandler(() => new RetryingHandler())),
            ["hedging"] = options => Container(options, api => api.AddHttpMessageHandler(() => new HedgingHandler())),
            ["logging"] = options => Container(options, api => api.AddHttpMessageHandler(() => new LoggingHandler())),
            ["buffering"] = options => Container(options, api => api.AddHttpMessageHandler(() => new BufferingHandler())),
            ["retrying, buffering"] = options => Container(
                options, api => api.AddHttpMessageHandler(() => new RetryingHandler()).AddHttpMessageHandler(() => new BufferingHandler())),
            ["buffering, retrying"] = options => Container(
                options, api => api.AddHttpMessageHandler(() => new BufferingHandler()).AddHttpMessageHandler(() => new RetryingHandler())),
            ["cloning"] = options => Container(options, api => api.AddHttpMessageHandler(() => new CloningHandler(copiesOptions: false))),
            ["cloning with options"] = options => Container(options, api => api.AddHttpMessageHandler(() => new CloningHandler(copiesOptions: true))),
            ["primary that redirects"] = options => Container(options, api => api.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler())),
        };

    /// <summary>The setups with HTTP/2: the client's default is HTTP/1.1, so an application must request it.</summary>
    public static IReadOnlyDictionary<string, Func<WanVideoClientOptions, WrappedClient>> OverHttp2 { get; } =
        new Dictionary<string, Func<WanVideoClientOptions, WrappedClient>>
        {
            ["HttpClient"] = options => OverClient(options, new Http2Handler { InnerHandler = new SocketsHttpHandler() }),
            ["factory"] = options => Container(options, api => api.AddHttpMessageHandler(() => new Http2Handler())),
            ["buffering, retrying"] = options => Container(
                options,
                api => api.AddHttpMessageHandler(() => new BufferingHandler()).AddHttpMessageHandler(() => new RetryingHandler()).AddHttpMessageHandler(() => new Http2Handler())),
            ["defaults before"] = options => Container(options, api => api.AddHttpMessageHandler(() => new Http2Handler()), before: StandardResilience),
        };

    private static SocketsHttpHandler Unredirected() => new() { AllowAutoRedirect = false };

    private static void StandardResilience(IServiceCollection services) =>
        services.ConfigureHttpClientDefaults(builder => builder.AddStandardResilienceHandler(Quick));

    private static void Quick(HttpStandardResilienceOptions options) =>
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);

    public static WrappedClient OverClient(WanVideoClientOptions options, HttpMessageHandler handler)
    {
        var http = new HttpClient(handler);
        var client = new WanVideoClient(http, options);
        return new WrappedClient(client, [client, http]);
    }

    private static WrappedClient Own(WanVideoClientOptions options)
    {
        var client = new WanVideoClient(options);
        return new WrappedClient(client, [client]);
    }

    public static WrappedClient Container(
        WanVideoClientOptions options, Action<IHttpClientBuilder>? api = null, Action<IServiceCollection>? before = null, Action<IServiceCollection>? after = null)
    {
        var services = new ServiceCollection();
        before?.Invoke(services);
        var builder = services.AddWanVideoClient(target => OptionsCopy.Copy(options, target));
        api?.Invoke(builder);
        after?.Invoke(services);
        var provider = services.BuildServiceProvider();
        return new WrappedClient(provider.GetRequiredService<IWanVideoClient>(), [provider]);
    }
}

/// <summary>A client with its handlers, and what to dispose afterwards.</summary>
internal sealed record WrappedClient(IWanVideoClient Client, IReadOnlyList<IDisposable> Owned) : IDisposable
{
    public void Dispose()
    {
        foreach (var owned in Owned)
            owned.Dispose();
    }
}
