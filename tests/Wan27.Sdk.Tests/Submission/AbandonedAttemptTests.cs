using System.Net;
using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Submission;

/// <summary>A handler of the application abandons an attempt that is still running: whatever it waits for, nothing of it may be sent later.</summary>
public sealed class AbandonedAttemptTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_sent_by_an_attempt_that_was_abandoned_while_it_waited_for_its_key(bool clones)
    {
        using var service = new Service(clones);
        service.Options.ApiKeyProvider = _ => new ValueTask<string>(service.Gate.Task);

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => service.CreateAsync(Samples.Text));
        await service.ReleaseAsync(3);

        Assert.Null(error.GenerationId);
        Assert.Equal(0, service.Connection.Bodies);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_body_is_sent_if_only_the_first_key_was_slow(bool clones)
    {
        using var service = new Service(clones);
        var keys = 0;
        service.Options.ApiKeyProvider = _ => keys++ == 0 ? new ValueTask<string>(service.Gate.Task) : new ValueTask<string>("sk-canary-2");

        var generation = await service.CreateAsync(Samples.Text);
        await service.ReleaseAsync(2);

        Assert.Equal(("gen-1", 1), (generation.Id, service.Connection.Bodies));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_sent_by_an_attempt_that_was_abandoned_while_it_connected(bool clones)
    {
        using var service = new Service(clones);
        service.Connection.Connecting = service.Gate.Task;

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => service.CreateAsync(Samples.Text));
        await service.ReleaseAsync(3);

        Assert.Null(error.GenerationId);
        Assert.Equal(0, service.Connection.Bodies);
    }

    [Fact]
    public async Task An_attempt_that_was_abandoned_in_its_body_is_never_sent_completely()
    {
        using var service = new Service(clones: false);
        service.Connection.Writing = service.Gate.Task;
        var request = new ImageToVideoRequest { Prompt = "p", Image = MediaSource.FromBytes(new byte[600_000]) };

        await Assert.ThrowsAsync<WanConnectionException>(() => service.CreateAsync(request));
        await service.ReleaseAsync(3);

        Assert.Equal((3, 0), (service.Connection.Posts, service.Connection.Bodies));
    }

    private sealed class Service : IDisposable
    {
        private readonly FakeTimeProvider clock = new();
        private readonly AbandoningHandler handler;
        private readonly HttpClient http;

        public Service(bool clones)
        {
            Options = new WanVideoClientOptions
            {
                SkipValidation = true,
                ApiKey = "sk-canary-1",
                LoggerFactory = WatchedLoggers.Instance,
                TimeProvider = clock,
                AttemptTimeout = TimeSpan.FromHours(23),
                ReconciliationTimeout = TimeSpan.Zero,
            };
            var credentials = new Credentials(Options.BaseAddress, token => Options.GetKeyAsync(token));
            handler = new AbandoningHandler(new SendOnceHandler(credentials, Connection), clones);
            http = new HttpClient(handler);
            Clients = new HttpClients(() => http, () => http, credentials, IsGuarded: true, []);
        }

        public TaskCompletionSource<string> Gate { get; } = new();

        public WanVideoClientOptions Options { get; }

        public SlowConnection Connection { get; } = new();

        private HttpClients Clients { get; }

        public async Task<VideoGeneration> CreateAsync(VideoGenerationRequest request)
        {
            using var client = new WanVideoClient(Options, Clients);
            var running = client.CreateAsync(request, TestContext.Current.CancellationToken);
            while (!running.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            return await running;
        }

        /// <summary>Lets all abandoned attempts run to their end.</summary>
        public async Task ReleaseAsync(int attempts)
        {
            Gate.SetResult("sk-canary-1");
            Assert.Equal(attempts, handler.Sends.Count);
            foreach (var send in handler.Sends)
                await ((Task)send).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public void Dispose()
        {
            http.Dispose();
            handler.Dispose();
        }
    }

    /// <summary>Waits for nothing: a send that does not complete at once is abandoned, and continues without the client.</summary>
    private sealed class AbandoningHandler(HttpMessageHandler inner, bool clones) : DelegatingHandler(inner)
    {
        public List<Task<HttpResponseMessage>> Sends { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
                return await base.SendAsync(request, cancellationToken);
            var send = base.SendAsync(clones ? await CloneAsync(request, cancellationToken) : request, CancellationToken.None);
            Sends.Add(send);
            return send.IsCompleted ? await send : throw new TimeoutException();
        }

        private static async Task<HttpRequestMessage> CloneAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var clone = new HttpRequestMessage(request.Method, request.RequestUri)
            {
                Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellationToken)),
            };
            foreach (var (name, values) in request.Headers.NonValidated)
                clone.Headers.TryAddWithoutValidation(name, values);
            foreach (var option in request.Options)
                clone.Options.Set(new(option.Key), option.Value);
            return clone;
        }
    }

    /// <summary>A service behind a connection that is slow to open or to take a body.</summary>
    private sealed class SlowConnection : HttpMessageHandler
    {
        public Task Connecting { get; set; } = Task.CompletedTask;

        public Task Writing { get; set; } = Task.CompletedTask;

        public int Posts { get; private set; }

        /// <summary>Gets how many complete bodies were received.</summary>
        public int Bodies { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
                return Json("""{"data":[],"pagination":{"has_more":false}}""");
            Posts++;
            await Connecting;
            using var body = new SlowStream(Writing);
            try
            {
                await request.Content!.CopyToAsync(body, cancellationToken);
            }
            finally
            {
                Bodies += body.Length == request.Content!.Headers.ContentLength ? 1 : 0;
            }

            return Json("""{"id":"gen-1","status":"queued"}""");
        }

        private static HttpResponseMessage Json(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json) };
    }

    private sealed class SlowStream(Task opening) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await opening;
            await base.WriteAsync(buffer, CancellationToken.None);
        }
    }
}
