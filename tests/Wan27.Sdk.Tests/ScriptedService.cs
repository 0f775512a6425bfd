using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using RichardSzalay.MockHttp;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests;

/// <summary>A client whose service responds from a script and repeats its last line, and whose clock stops until a test advances it.</summary>
internal sealed class ScriptedService : IDisposable
{
    public const string Key = "sk-canary-0123456789";

    private readonly Queue<TestResponse> script;
    private readonly HttpClient http;
    private TestResponse latest = TestResponse.Status(500);
    private Func<Received, TestResponse>? rule;

    private ScriptedService(
        TestResponse[] script, bool isGuarded, Action<WanVideoClientOptions>? configure = null,
        Func<HttpMessageHandler, HttpMessageHandler>? around = null)
    {
        this.script = new Queue<TestResponse>(script);
        var mock = new MockHttpMessageHandler();

        // MockHttp never ends a call whose response fails later, so each is returned at once.
        mock.Fallback.Respond(request => RespondAsync(request).GetAwaiter().GetResult());
        Options = new WanVideoClientOptions { ApiKey = Key, LoggerFactory = WatchedLoggers.Instance, TimeProvider = Clock, ReconciliationTimeout = TimeSpan.Zero };
        configure?.Invoke(Options);
        var transport = new SameThreadHandler(mock);
        var credentials = Credentials.From(Options);
        HttpMessageHandler innermost = isGuarded ? new SendOnceHandler(credentials, transport) { IsAlone = () => around is null } : transport;
        http = new HttpClient(around?.Invoke(innermost) ?? innermost);
        Client = isGuarded
            ? new WanVideoClient(Options, new HttpClients(() => http, () => http, credentials, isGuarded, []))
            : new WanVideoClient(http, Options);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

    public WanVideoClientOptions Options { get; }

    public WanVideoClient Client { get; }

    /// <summary>Every request that reached the service, with the part of its body that arrived.</summary>
    public List<Received> Requests { get; } = [];

    /// <summary>Gets or sets the response to a request for the metrics of a model, of which there are none otherwise.</summary>
    public TestResponse Metrics { get; set; } = TestResponse.Json("""{"models":[]}""");

    /// <summary>The requests for metrics, which are in no script.</summary>
    public List<Received> MetricsRequests { get; } = [];

    public IEnumerable<Received> Posts => Requests.Where(request => request.Method == HttpMethod.Post);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A client over an HttpClient of the caller.</summary>
    public static ScriptedService Responding(params TestResponse[] script) => new(script, isGuarded: false);

    /// <summary>Like <see cref="Guarded"/>, and sends requests that exceed a documented limit.</summary>
    public static ScriptedService Unvalidated(params TestResponse[] script) => new(script, isGuarded: true, options => options.SkipValidation = true);

    public static ScriptedService Configured(Action<WanVideoClientOptions> configure, params TestResponse[] script) => new(script, isGuarded: false, configure);

    public static ScriptedService Configured(bool isGuarded, Action<WanVideoClientOptions> configure, params TestResponse[] script) => new(script, isGuarded, configure);

    /// <summary>A client with the SDK's own handler at the bottom, as the container and the plain constructors create it.</summary>
    public static ScriptedService Guarded(params TestResponse[] script) => new(script, isGuarded: true);

    /// <summary>Either of the two with a handler of the application around it.</summary>
    public static ScriptedService Behind(Func<HttpMessageHandler, HttpMessageHandler> around, bool isGuarded, params TestResponse[] script) =>
        new(script, isGuarded, null, around);

    /// <summary>Responds by rule once the script is at its end.</summary>
    public void Respond(Func<Received, TestResponse> response) => rule = response;

    /// <summary>Runs a call while time passes in small steps, at most two hours of it.</summary>
    public Task<T> RunAsync<T>(Func<WanVideoClient, CancellationToken, Task<T>> call) => Task.Run(
        async () =>
        {
            var running = call(Client, Cancellation);
            var began = Clock.GetUtcNow();
            var patience = Stopwatch.StartNew();
            while (!running.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();

                // Hours pass in a moment, in which a busy machine might not have started the call at all.
                Assert.False(
                    Clock.GetUtcNow() - began > TimeSpan.FromHours(2) && patience.Elapsed > TimeSpan.FromSeconds(20),
                    "The call was still running after two hours.");
            }

            return await running;
        },
        Cancellation);

    public void Dispose()
    {
        Client.Dispose();
        http.Dispose();
    }

    private async Task<HttpResponseMessage> RespondAsync(HttpRequestMessage request)
    {
        var received = new Received(request.Method, request.RequestUri!, request.Headers.ToString(), request.Content?.Headers.ContentType?.ToString(), request.Content?.Headers.ContentLength, Clock.GetUtcNow())
        {
            ExpectContinue = request.Headers.ExpectContinue,
        };
        if (received.Uri.AbsolutePath == "/models/metrics")
        {
            MetricsRequests.Add(received);
            return await Metrics.GiveAsync(request, received);
        }

        Requests.Add(received);
        if (script.TryDequeue(out var next))
            latest = next;
        else if (rule is not null)
            latest = rule(received);
        return await latest.GiveAsync(request, received);
    }

    /// <summary>MockHttp continues on another thread, and the clock would advance meanwhile. This method waits for its response.</summary>
    private sealed class SameThreadHandler(HttpMessageHandler mock) : DelegatingHandler(mock)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Task.FromResult(base.SendAsync(request, cancellationToken).GetAwaiter().GetResult());
            }
            catch (Exception e)
            {
                return Task.FromException<HttpResponseMessage>(e);
            }
        }
    }
}
