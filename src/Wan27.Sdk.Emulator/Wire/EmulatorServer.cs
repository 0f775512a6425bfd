using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Wan27.Sdk.Emulator.Api;

namespace Wan27.Sdk.Emulator.Wire;

/// <summary>Kestrel on three loopback endpoints: the API over HTTP/1.1, the API over HTTP/2, and the files.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    // A picture of 20 MB is 28 MB in base64; ten such and room to spare.
    private const long RequestBodyLimit = 512L * 1024 * 1024;

    private readonly WebApplication app;
    private readonly TimeProvider timeProvider;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Connection, bool> connections = new();
    private readonly GatedTransport transport = new(
        new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance));

    private int isDisposed;

    public EmulatorServer(WanEmulatorOptions options, RequestHandler handler)
    {
        timeProvider = options.TimeProvider;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        _ = builder.Services.AddSingleton<IConnectionListenerFactory>(transport);
        _ = builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        app = builder.Build();
        app.Run(http => handler.HandleAsync(http, isForFiles: http.Connection.LocalPort == FilesAddress.Port));
    }

    public Uri BaseAddress => Address(0);

    public Uri Http2BaseAddress => Address(1);

    public Uri FilesAddress => Address(2);

    public Task StartAsync(CancellationToken cancellationToken) => app.StartAsync(cancellationToken);

    /// <summary>Shuts the endpoints at an address, or all of them, and ends what is connected to them.</summary>
    public async Task ShutAsync(Uri? address)
    {
        foreach (var listener in Listeners(address))
            await listener.ShutAsync().ConfigureAwait(false);
        foreach (var connection in connections.Keys.Where(connection => address is null || connection.Port == address.Port))
            connection.End(abruptly: false);
    }

    public async Task OpenAsync(Uri? address)
    {
        foreach (var listener in Listeners(address))
            await listener.OpenAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
            return;

        await stopping.CancelAsync().ConfigureAwait(false);
        foreach (var connection in connections.Keys)
            connection.End(abruptly: true);
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        stopping.Dispose();
    }

    private void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBodyLimit;

        // A slow test is no attack.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Loopback, port, listen => Configure(listen, HttpProtocols.Http1));
        kestrel.Listen(IPAddress.Loopback, 0, listen => Configure(listen, HttpProtocols.Http2));
        kestrel.Listen(IPAddress.Loopback, 0, listen => Configure(listen, HttpProtocols.Http1));
    }

    private void Configure(ListenOptions listen, HttpProtocols protocols)
    {
        listen.Protocols = protocols;
        _ = listen.Use(next => context => ServeAsync(context, next));
    }

    private async Task ServeAsync(ConnectionContext context, ConnectionDelegate next)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.ConnectionClosed, stopping.Token);
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        var port = ((IPEndPoint)context.LocalEndPoint!).Port;
        var connection = new Connection(socket, port, timeProvider, ended.Token);
        await using var _ = connection.ConfigureAwait(false);

        var original = context.Transport;
        context.Features.Set(connection);
        context.Transport = new Duplex(original.Input, PipeWriter.Create(connection, new StreamPipeWriterOptions(leaveOpen: true)));
        connections[connection] = true;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Transport = original;
            connections.TryRemove(connection, out bool _);
        }
    }

    private IEnumerable<GatedListener> Listeners(Uri? address) =>
        transport.Listeners.Where(listener => address is null || Port(listener) == address.Port);

    private Uri Address(int listener) => new($"http://127.0.0.1:{Port(transport.Listeners[listener])}/");

    private static int Port(GatedListener listener) => ((IPEndPoint)listener.EndPoint).Port;

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
