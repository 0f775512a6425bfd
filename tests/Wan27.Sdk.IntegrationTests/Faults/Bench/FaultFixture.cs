using System.Security.Cryptography.X509Certificates;
using Wan27.Sdk.IntegrationTests.Money.HostMatrix;
using Wan27.Sdk.Transport;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>
/// A client and a hostile server. Whatever a row does, four conditions hold at its end: at most one paid request arrived completely, the call ended
/// within a second of its deadline, it threw nothing but a <see cref="WanException"/> or its caller's cancellation, and no secret is in the output.
/// </summary>
internal sealed class FaultFixture : IAsyncDisposable
{
    /// <summary>Three pauses between four attempts.</summary>
    public static readonly TimeSpan Retries = TimeSpan.FromSeconds(24);

    public static readonly TimeSpan Attempt = TimeSpan.FromSeconds(100);

    /// <summary>How long a lost response is searched for.</summary>
    public static readonly TimeSpan Search = TimeSpan.FromMinutes(2);

    public const string Key = $"{Secrets.Canary}-of-the-key";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CapturedLog log;
    private readonly List<IDisposable> owned = [];
    private Action<SocketsHttpHandler>? http2;

    private FaultFixture(X509Certificate2? certificate)
    {
        Server = new HostileServer(Clock, certificate);
        log = new CapturedLog(() => Server.HeadSeen.Release());
    }

    public FaultClock Clock { get; } = new();

    public HostileServer Server { get; }

    public WanVideoClient Client { get; private set; } = null!;

    public WanVideoClientOptions Options { get; private set; } = null!;

    /// <summary>Counts the complete requests for one video, if another server receives them.</summary>
    public Func<int>? Submissions { get; set; }

    public static TextToVideoRequest Request => new() { Prompt = $"a {Secrets.Canary} on its perch", ClientRequestId = "order-1" };

    public static string GenerationId => HostileServer.GenerationOf("order-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="change">Changes the client's options.</param>
    /// <param name="certificate">The certificate of the server, if TLS is used.</param>
    /// <param name="over">The handler below the client's HttpClient, in place of its own connections.</param>
    public static FaultFixture Start(Action<WanVideoClientOptions>? change = null, X509Certificate2? certificate = null, HttpMessageHandler? over = null)
    {
        var fixture = new FaultFixture(certificate);
        fixture.Options = new WanVideoClientOptions
        {
            ApiKey = Key,
            BaseAddress = fixture.Server.Address,
            TimeProvider = fixture.Clock,
            AttemptTimeout = Attempt,
            ReconciliationTimeout = Search,
            LoggerFactory = fixture.log,
        };
        change?.Invoke(fixture.Options);
        fixture.Client = fixture.Own(over is null ? new WanVideoClient(fixture.Options, fixture.Connections()) : new WanVideoClient(fixture.Own(new HttpClient(over)), fixture.Options));
        return fixture;
    }

    /// <summary>A client over HTTP/2, for the service and the file host.</summary>
    /// <param name="server">The service, which is also the file host.</param>
    /// <param name="isGuarded">Whether the connections are the client's own, and not those of an HttpClient of the application.</param>
    /// <param name="configure">Changes the connections.</param>
    public static FaultFixture Over(Http2Server server, bool isGuarded = true, Action<SocketsHttpHandler>? configure = null)
    {
        var fixture = new FaultFixture(certificate: null) { http2 = configure ?? (_ => { }), Submissions = () => server.CompleteSubmissions };
        fixture.Options = new WanVideoClientOptions
        {
            ApiKey = Key,
            BaseAddress = server.Address,
            TimeProvider = fixture.Clock,
            AttemptTimeout = Attempt,
            ReconciliationTimeout = Search,
            LoggerFactory = fixture.log,
        };
        if (isGuarded)
        {
            fixture.Client = fixture.Own(new WanVideoClient(fixture.Options, fixture.Connections()));
            return fixture;
        }

        var sockets = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        fixture.http2(sockets);
        fixture.Client = fixture.Own(new WanVideoClient(fixture.Own(new HttpClient(new Http2Handler { InnerHandler = sockets })), fixture.Options));
        return fixture;
    }

    public T Own<T>(T resource)
        where T : IDisposable
    {
        owned.Add(resource);
        return resource;
    }

    public async Task<T> SucceedsAsync<T>(Func<IWanVideoClient, CancellationToken, Task<T>> call, TimeSpan within)
    {
        var (result, error) = await RunAsync(call, within, Cancellation);
        return error is null ? result! : throw new InvalidOperationException("It should have succeeded.", error);
    }

    public async Task<TError> FailsAsync<TError>(Func<IWanVideoClient, CancellationToken, Task> call, TimeSpan within, CancellationToken? token = null, bool exactly = true)
        where TError : Exception
    {
        var (_, error) = await RunAsync(
            async (client, cancellation) =>
            {
                await call(client, cancellation);
                return true;
            },
            within,
            token ?? Cancellation);
        return Assert.IsType<TError>(error, exactMatch: exactly);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var resource in Enumerable.Reverse(owned))
            resource.Dispose();
        await Server.DisposeAsync();
    }

    // As the client creates them itself, except that the server knows what was read.
    private HttpClients Connections()
    {
        var (api, files) = (HttpTransport.ForApi(), HttpTransport.ForFiles(null, ClientComposition.PolicyOf(Options).ConnectAsync));
        api.PlaintextStreamFilter = files.PlaintextStreamFilter = (connected, _) => ValueTask.FromResult(Server.ClientReads.Watch(connected.PlaintextStream));
        var credentials = Credentials.From(Options);
        HttpMessageHandler once = new SendOnceHandler(credentials, api) { IsAlone = () => true };
        if (http2 is not null)
        {
            http2(api);
            http2(files);
        }

        var (apiClient, filesClient) = (HttpTransport.Client(WithVersion(once)), HttpTransport.Client(WithVersion(files)));
        return new HttpClients(() => apiClient, () => filesClient, credentials, IsGuarded: true, [apiClient, filesClient]);
    }

    private HttpMessageHandler WithVersion(HttpMessageHandler handler) => http2 is null ? handler : new Http2Handler { InnerHandler = handler };

    private async Task<(T? Result, Exception? Error)> RunAsync<T>(
        Func<IWanVideoClient, CancellationToken, Task<T>> call, TimeSpan within, CancellationToken cancellationToken)
    {
        var began = Options.TimeProvider.GetTimestamp();
        T? result = default;
        Exception? error = null;
        try
        {
            result = await call(Client, cancellationToken).WaitAsync(Patience, Cancellation);
        }
        catch (Exception e)
        {
            error = e;
        }

        Assert.True(error is null or WanException || (error is OperationCanceledException && cancellationToken.IsCancellationRequested), $"{error}");
        Assert.InRange(Submissions?.Invoke() ?? Server.CompleteSubmissions, 0, 1);
        Assert.InRange(Options.TimeProvider.GetElapsedTime(began), TimeSpan.Zero, within + TimeSpan.FromSeconds(1));
        Secrets.AssertNone(error, log.Entries);
        return (result, error);
    }
}
