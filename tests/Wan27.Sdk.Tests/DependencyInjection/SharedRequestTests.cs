using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.DependencyInjection;

/// <summary>If handlers of the application hold a request, the transport gets a copy that they cannot change. Otherwise no copy is made.</summary>
public sealed class SharedRequestTests : IDisposable
{
    private readonly ServiceCollection services = [];
    private readonly RecordingHandler transport = new();
    private readonly IHttpClientBuilder api;

    public SharedRequestTests() =>
        api = services.AddWanVideoClient(options => options.ApiKey = ScriptedService.Key).ConfigurePrimaryHttpMessageHandler(() => transport);

    public void Dispose() => transport.Dispose();

    [Fact]
    public async Task If_the_client_is_alone_the_request_itself_is_sent()
    {
        await ReadAsync();

        Assert.IsType<ApiRequest>(transport.Sent);
    }

    [Fact]
    public async Task Below_a_handler_a_copy_is_sent()
    {
        var handler = new OuterHandler();
        _ = api.AddHttpMessageHandler(() => handler);

        await ReadAsync();

        Assert.NotSame(handler.Sent, transport.Sent);
    }

    [Fact]
    public async Task Below_a_handler_of_a_later_filter_a_copy_is_sent()
    {
        var (added, around) = (new OuterHandler(), new OuterHandler());
        services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new LateFilter(builder => builder.AdditionalHandlers.Add(added))));
        await ReadAsync();
        Assert.NotSame(added.Sent, transport.Sent);

        services[0] = ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new LateFilter(builder =>
        {
            around.InnerHandler = builder.PrimaryHandler;
            builder.PrimaryHandler = around;
        }));
        await ReadAsync();
        Assert.NotSame(around.Sent, transport.Sent);
    }

    [Fact]
    public async Task If_another_reader_is_possible_a_copy_is_sent()
    {
        using var innermost = new SendOnceHandler(Credentials.From(new WanVideoClientOptions { ApiKey = ScriptedService.Key }), transport);
        using var invoker = new HttpMessageInvoker(innermost);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.aimlapi.com/v2/logs");

        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.NotSame(request, transport.Sent);
    }

    private async Task ReadAsync()
    {
        await using var provider = services.BuildServiceProvider();
        _ = await provider.GetRequiredService<IWanVideoClient>().GetAsync("gen-1", TestContext.Current.CancellationToken);
    }

    private sealed class OuterHandler : DelegatingHandler
    {
        public HttpRequestMessage Sent { get; private set; } = null!;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.SendAsync(Sent = request, cancellationToken);
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        public HttpRequestMessage Sent { get; private set; } = null!;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal(ScriptedService.Key, request.Headers.Authorization?.Parameter);
            Sent = request;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id":"gen-1","status":"queued"}""") });
        }
    }

    private sealed class LateFilter(Action<HttpMessageHandlerBuilder> configure) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            configure(builder);
        };
    }
}
