using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Support;

/// <summary>An emulator whose generations are finished at the first poll, and a client for which a second passes in a millisecond.</summary>
internal sealed class WanFixture : IAsyncDisposable
{
    private readonly List<IDisposable> owned = [];

    private WanFixture(WanEmulator emulator) => Emulator = emulator;

    public WanEmulator Emulator { get; }

    public EmulatorLedger Ledger => Emulator.Ledger;

    public WanVideoClient Client { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WanFixture> StartAsync(
        Action<WanVideoClientOptions>? client = null, Action<WanEmulatorOptions>? emulator = null)
    {
        var fixture = new WanFixture(await WanEmulator.StartAsync(
            options =>
            {
                options.QueuedFor = options.GeneratingFor = TimeSpan.Zero;
                options.LogReadsPerMinute = int.MaxValue;
                options.Balance = 100_000m;
                emulator?.Invoke(options);
            },
            Cancellation));
        fixture.Client = fixture.NewClient(client);
        return fixture;
    }

    /// <summary>Settings for this emulator: long timeouts for a busy machine, and short delays where a test waits on purpose.</summary>
    public WanVideoClientOptions Options(Action<WanVideoClientOptions>? change = null)
    {
        var options = new WanVideoClientOptions
        {
            BaseAddress = Emulator.BaseAddress,
            ApiKey = Emulator.ApiKey,
            LoggerFactory = WatchedLoggers.Instance,
            TimeProvider = new ShortClock(),
            AttemptTimeout = TimeSpan.FromHours(10),
            ReconciliationTimeout = TimeSpan.FromMinutes(10),
            Polling = PollingOptions.Default with { Timeout = TimeSpan.FromHours(23) },
        };
        change?.Invoke(options);
        return options;
    }

    /// <summary>Creates another client, as in another process, which is disposed with the fixture.</summary>
    public WanVideoClient NewClient(Action<WanVideoClientOptions>? change = null) => Own(new WanVideoClient(Options(change)));

    public T Own<T>(T resource)
        where T : IDisposable
    {
        owned.Add(resource);
        return resource;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var resource in Enumerable.Reverse(owned))
            resource.Dispose();
        await Emulator.DisposeAsync();
    }
}
