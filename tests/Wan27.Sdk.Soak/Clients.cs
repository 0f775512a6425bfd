using Microsoft.Extensions.DependencyInjection;

namespace Wan27.Sdk.Soak;

/// <summary>The clients for the duration of the soak: one with its own connections, one of a container whose handlers rotate.</summary>
internal sealed class Clients : IAsyncDisposable
{
    /// <summary>The speed of the clients' clock relative to the system's.</summary>
    private const int Speed = 200;

    private static readonly TimeSpan HandlerLifetime = TimeSpan.FromSeconds(5);

    private readonly int port;
    private readonly ISubmissionJournal journal;
    private readonly WanVideoClient own;
    private readonly ServiceProvider host;

    public Clients(int port, ISubmissionJournal journal)
    {
        (this.port, this.journal) = (port, journal);
        own = NewProcess();
        var services = new ServiceCollection();
        services.AddWanVideoClient(Configure).SetHandlerLifetime(HandlerLifetime);
        host = services.BuildServiceProvider();
    }

    public WanVideoClient Of(int caller) => caller % 2 == 0 ? own : host.GetRequiredService<WanVideoClient>();

    /// <summary>A client that starts again, as after a restart.</summary>
    public WanVideoClient NewProcess()
    {
        var options = new WanVideoClientOptions();
        Configure(options);
        return new WanVideoClient(options);
    }

    public async ValueTask DisposeAsync()
    {
        own.Dispose();
        await host.DisposeAsync();
    }

    private void Configure(WanVideoClientOptions options)
    {
        options.ApiKey = Service.Key;
        options.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        options.Journal = journal;
        options.TimeProvider = new ShortClock(Speed);
        options.AttemptTimeout = TimeSpan.FromSeconds(1) * Speed;
        options.ReconciliationTimeout = TimeSpan.FromSeconds(2) * Speed;
    }
}
