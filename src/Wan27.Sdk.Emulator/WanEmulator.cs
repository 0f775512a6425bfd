using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Endpoints;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Http;
using Wan27.Sdk.Emulator.Scripts;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// AI/ML API's video generation service for Wan 2.7 on loopback: it accepts, queues, generates, charges and serves files as the real one does, and
/// nothing of it leaves the machine. Dispose it to stop it. All members are safe to use from any thread.
/// </summary>
public sealed class WanEmulator : IAsyncDisposable
{
    private readonly ScriptBook scripts = new();
    private readonly EmulatorServer server;

    private WanEmulator(WanEmulatorOptions options)
    {
        var ids = new IdGenerator(options.Seed);
        var urls = new FileUrls(options.Seed, () => FilesAddress);
        var generations = new GenerationStore(options, ids, scripts);
        IEndpoint[] endpoints =
        [
            new SubmitEndpoint(generations, options.RejectUnknownFields),
            new GetEndpoint(generations, urls),
            new LogsEndpoint(generations, options),
            new BillingEndpoint(generations),
            new TransactionsEndpoint(generations),
            new ModelsEndpoint(),
            new MetricsEndpoint(generations),
            new FileEndpoint(generations, urls),
        ];

        ApiKey = options.ApiKey;
        Ledger = new EmulatorLedger(generations);
        Faults = new EmulatorFaults(options.Seed);
        server = new EmulatorServer(options, new RequestHandler(Ledger, Faults, ids, options, endpoints).HandleAsync);
    }

    /// <summary>Where the API is, over HTTP/1.1: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri BaseAddress => server.BaseAddress;

    /// <summary>Where the same API is over HTTP/2 with prior knowledge (h2c): ask for version 2.0 exactly.</summary>
    public Uri Http2BaseAddress => server.Http2BaseAddress;

    /// <summary>Where the result files are: another origin, to which no key must be sent.</summary>
    public Uri FilesAddress => server.FilesAddress;

    /// <summary>The key that is let in.</summary>
    public string ApiKey { get; }

    /// <summary>What happened so far.</summary>
    public EmulatorLedger Ledger { get; }

    /// <summary>What shall go wrong.</summary>
    public EmulatorFaults Faults { get; }

    /// <summary>Starts an emulator.</summary>
    /// <param name="configure">Changes the defaults; null leaves them.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The emulator, listening.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WanEmulator> StartAsync(
        Action<WanEmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new WanEmulatorOptions();
        configure?.Invoke(options);
        options.Validate();

        var emulator = new WanEmulator(options);
        try
        {
            await emulator.server.StartAsync(cancellationToken).ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says how the next generations behave. Scripts wait in order; each generation takes the first that fits it.</summary>
    /// <param name="script">The behaviour.</param>
    /// <param name="times">For how many generations, 1 or more; <see cref="int.MaxValue"/> for all. Default 1.</param>
    /// <exception cref="ArgumentException">The script is malformed, or <paramref name="times"/> is less than 1.</exception>
    public void Script(EmulatorScript script, int times = 1) => Script(_ => true, script, times);

    /// <summary>Says how the generations that pass a test behave.</summary>
    /// <param name="which">Sees the generation as it was accepted; runs under a lock, so keep it short.</param>
    /// <param name="script">The behaviour.</param>
    /// <param name="times">For how many of them, 1 or more. Default all.</param>
    /// <exception cref="ArgumentException">The script is malformed, or <paramref name="times"/> is less than 1.</exception>
    public void Script(Func<EmulatorSubmission, bool> which, EmulatorScript script, int times = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(script);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        script.Validate();
        scripts.Add(script, which, times);
    }

    /// <summary>Refuses connections, as a host that is down does, and closes those that exist. Dispose the result to listen again.</summary>
    /// <param name="address">Which of the emulator's addresses; null for all of them.</param>
    /// <returns>What ends the refusal.</returns>
    public async Task<IAsyncDisposable> RefuseConnectionsAsync(Uri? address = null)
    {
        await server.SuspendAsync(address).ConfigureAwait(false);
        return new Refusal(server, address);
    }

    /// <summary>Stops at once: connections are reset, nothing is waited for.</summary>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private sealed class Refusal(EmulatorServer server, Uri? address) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await server.ResumeAsync(address).ConfigureAwait(false);
    }
}
