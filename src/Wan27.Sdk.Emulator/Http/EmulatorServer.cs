using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Wan27.Sdk.Emulator.Http;

/// <summary>Hosts Kestrel on three loopback endpoints: the API over HTTP/1.1, the API over HTTP/2, and the files.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    // An image of 20 MB has 28 MB in base64. The limit allows for more than ten of them.
    private const long RequestBodyLimit = 512L * 1024 * 1024;

    private readonly WebApplication app;
    private readonly TimeProvider timeProvider;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<ConnectionStream, bool> connections = new();
    private readonly SuspendableListenerFactory listenerFactory = new(
        new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance));

    private int isDisposed;

    /// <param name="options">The options of the emulator.</param>
    /// <param name="handler">Handles a request. The second argument is true for requests at <see cref="FilesAddress"/>.</param>
    public EmulatorServer(WanEmulatorOptions options, Func<HttpContext, bool, Task> handler)
    {
        timeProvider = options.TimeProvider;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        _ = builder.Services.AddSingleton<IConnectionListenerFactory>(listenerFactory);
        _ = builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        app = builder.Build();
        app.Run(http => handler(http, http.Connection.LocalPort == FilesAddress.Port));
    }

    public Uri BaseAddress => GetAddress(0);

    public Uri Http2BaseAddress => GetAddress(1);

    public Uri FilesAddress => GetAddress(2);

    public Task StartAsync(CancellationToken cancellationToken) => app.StartAsync(cancellationToken);

    /// <summary>Stops listening at an address, or at all of them, and closes the existing connections to it.</summary>
    public async Task SuspendAsync(Uri? address)
    {
        foreach (var listener in FindListeners(address))
            await listener.SuspendAsync().ConfigureAwait(false);
        foreach (var connection in connections.Keys.Where(connection => address is null || connection.Port == address.Port))
            connection.End(abruptly: false);
    }

    public async Task ResumeAsync(Uri? address)
    {
        foreach (var listener in FindListeners(address))
            await listener.ResumeAsync().ConfigureAwait(false);
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

        // A test can be slow on purpose.
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
        var connection = new ConnectionStream(socket, port, timeProvider, ended.Token);
        await using var _ = connection.ConfigureAwait(false);

        var original = context.Transport;
        context.Features.Set(connection);
        var output = PipeWriter.Create(connection, new StreamPipeWriterOptions(leaveOpen: true));
        context.Transport = new DuplexPipe(original.Input, output);
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

    private IEnumerable<SuspendableListener> FindListeners(Uri? address) =>
        listenerFactory.Listeners.Where(listener => address is null || GetPort(listener) == address.Port);

    private Uri GetAddress(int listener) => new($"http://127.0.0.1:{GetPort(listenerFactory.Listeners[listener])}/");

    private static int GetPort(SuspendableListener listener) => ((IPEndPoint)listener.EndPoint).Port;

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
