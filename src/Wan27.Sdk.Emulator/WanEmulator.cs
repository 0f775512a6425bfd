using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Endpoints;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Http;
using Wan27.Sdk.Emulator.Scripts;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// Emulates the Wan 2.7 video generation endpoints of AI/ML API on loopback. It accepts submissions, runs generations, charges an
/// account and serves video files, and sends no requests to other hosts.
/// </summary>
/// <remarks>Dispose the emulator to stop it. All members are thread-safe.</remarks>
public sealed class WanEmulator : IAsyncDisposable
{
    private readonly ScriptQueue scripts = new();
    private readonly AccountDirectory accounts;
    private readonly WanEmulatorOptions options;
    private readonly IdGenerator ids;
    private readonly EmulatorServer server;

    private WanEmulator(WanEmulatorOptions options)
    {
        this.options = options;
        ids = new IdGenerator(options.Seed);
        var urls = new FileUrls(options.Seed, () => FilesAddress);
        accounts = new AccountDirectory(CreateAccount(options.ApiKey, options.Balance));
        IEndpoint[] endpoints =
        [
            new SubmitEndpoint(options.RejectUnknownFields),
            new GetEndpoint(urls),
            new LogsEndpoint(options),
            new BillingEndpoint(),
            new TransactionsEndpoint(),
            new ModelsEndpoint(),
            new MetricsEndpoint(accounts),
            new FileEndpoint(accounts, urls),
        ];

        Faults = new EmulatorFaults(options.Seed);
        server = new EmulatorServer(options, new RequestHandler(accounts, Faults, ids, options, endpoints).HandleAsync);
    }

    /// <summary>Gets the address of the API over HTTP/1.1.</summary>
    /// <value>An address such as <c>http://127.0.0.1:5000/</c>.</value>
    public Uri BaseAddress => server.BaseAddress;

    /// <summary>Gets the address of the API over HTTP/2 with prior knowledge (h2c).</summary>
    /// <value>An address such as <c>http://127.0.0.1:5001/</c>.</value>
    /// <remarks>Requests need version 2.0 and <see cref="HttpVersionPolicy.RequestVersionExact"/>.</remarks>
    public Uri Http2BaseAddress => server.Http2BaseAddress;

    /// <summary>Gets the address of the video files.</summary>
    /// <value>An address such as <c>http://127.0.0.1:5002/</c>.</value>
    /// <remarks>This is another origin than that of the API. A client must not send the API key to it.</remarks>
    public Uri FilesAddress => server.FilesAddress;

    /// <summary>Gets the API key of the first account.</summary>
    public string ApiKey => accounts.First.ApiKey;

    /// <summary>
    /// Gets the submissions and charges of the first account so far, and the requests without the key of another account.
    /// </summary>
    public EmulatorLedger Ledger => accounts.First.Ledger;

    /// <summary>Gets the faults that affect the next requests.</summary>
    public EmulatorFaults Faults { get; }

    /// <summary>Starts an emulator.</summary>
    /// <param name="configure">Configures the options, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running emulator.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="OperationCanceledException">The start was canceled.</exception>
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

    /// <summary>Adds an account with a key, a balance and a ledger of its own. Its key cannot read generations of other accounts.</summary>
    /// <param name="apiKey">A key that is valid in a header and that no other account has.</param>
    /// <param name="balance">The initial balance in US dollars, 0 or more. The default is 100.</param>
    /// <returns>The account.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="apiKey"/> is empty or the key of another account, or <paramref name="balance"/> is negative.
    /// </exception>
    public EmulatorAccount AddAccount(string apiKey, decimal balance = 100m)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        ArgumentOutOfRangeException.ThrowIfNegative(balance);
        return accounts.Add(CreateAccount(apiKey, balance));
    }

    /// <summary>Sets the behavior of the next generations.</summary>
    /// <param name="script">The behavior.</param>
    /// <param name="times">
    /// The number of generations, 1 or more, or <see cref="int.MaxValue"/> for no limit. The default is 1.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="script"/> is <see langword="null"/> or invalid, or <paramref name="times"/> is less than 1.
    /// </exception>
    /// <remarks>
    /// Scripts are used in the order in which they were added. Each generation takes the first script that matches it.
    /// </remarks>
    public void Script(EmulatorScript script, int times = 1) => Script(_ => true, script, times);

    /// <summary>Sets the behavior of the next generations that match a predicate.</summary>
    /// <param name="predicate">
    /// The predicate. Its argument is the accepted submission. It is invoked under a lock and must return quickly.
    /// </param>
    /// <param name="script">The behavior.</param>
    /// <param name="times">The number of generations, 1 or more. The default is no limit.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="predicate"/> is <see langword="null"/>, <paramref name="script"/> is <see langword="null"/> or invalid, or
    /// <paramref name="times"/> is less than 1.
    /// </exception>
    public void Script(Func<EmulatorSubmission, bool> predicate, EmulatorScript script, int times = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentNullException.ThrowIfNull(script);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        script.Validate();
        scripts.Add(script, predicate, times);
    }

    /// <summary>Closes existing connections and refuses new ones, as a host that is down does.</summary>
    /// <param name="address">One of the addresses of the emulator, or <see langword="null"/> for all of them.</param>
    /// <returns>An object that accepts connections again when it is disposed.</returns>
    public async Task<IAsyncDisposable> RefuseConnectionsAsync(Uri? address = null)
    {
        await server.SuspendAsync(address).ConfigureAwait(false);
        return new Suspension(server, address);
    }

    /// <summary>Stops the emulator and resets its connections without waiting for running requests.</summary>
    /// <returns>Completes when the emulator has stopped.</returns>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private EmulatorAccount CreateAccount(string apiKey, decimal balance) =>
        new(apiKey, new GenerationStore(balance, options, ids, scripts));

    private sealed class Suspension(EmulatorServer server, Uri? address) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await server.ResumeAsync(address).ConfigureAwait(false);
    }
}
