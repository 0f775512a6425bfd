using Microsoft.Extensions.Logging;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>Callbacks of the application that throw, block or call the client again: money and ids survive each.</summary>
public sealed class CallbackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds { get; } = [.. Enum.GetNames<Kind>()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(nameof(Kind.Upload))]
    [InlineData(nameof(Kind.Wait))]
    [InlineData(nameof(Kind.Download))]
    [InlineData(nameof(Kind.Logger))]
    public async Task A_callback_that_throws_changes_nothing(string kind)
    {
        await using var fixture = await WanFixture.StartAsync();

        await RunAsync(fixture, kind, _ => throw new InvalidOperationException("The callback failed."));

        AssertBoughtOnce(fixture);
    }

    [Fact]
    public async Task A_provider_of_keys_that_throws_sends_nothing()
    {
        await using var fixture = await WanFixture.StartAsync();

        await Assert.ThrowsAsync<WanConfigurationException>(() => RunAsync(fixture, nameof(Kind.Key), _ => throw new InvalidOperationException()));

        Assert.Equal(0, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_handler_that_throws_before_it_sends_submits_nothing()
    {
        await using var fixture = await WanFixture.StartAsync();

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => RunAsync(fixture, nameof(Kind.Handler), _ => throw new InvalidOperationException()));

        Assert.Equal(("order-1", 0), (error.ClientRequestId, fixture.Ledger.CompleteSubmissionBodies));
    }

    [Fact]
    public async Task A_handler_that_throws_after_it_has_sent_leaves_the_id_to_search_with()
    {
        await using var fixture = await WanFixture.StartAsync();

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => RunAsync(fixture, nameof(Kind.HandlerAfterwards), _ => throw new InvalidOperationException()));

        Assert.Equal(("order-1", 1), (error.ClientRequestId, fixture.Ledger.CompleteSubmissionBodies));
        var found = Assert.Single(await fixture.Client.FindGenerationsAsync("order-1", Cancellation));
        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, found.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_callback_that_blocks_delays_only_its_own_call(string kind)
    {
        await using var fixture = await WanFixture.StartAsync();
        using var released = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource<WanVideoClient>(TaskCreationOptions.RunContinuationsAsynchronously);

        var running = Task.Run(
            () => RunAsync(fixture, kind, client =>
            {
                if (blocked.TrySetResult(client))
                    released.Wait(Cancellation);
            }),
            Cancellation);
        Assert.Equal(100_000m, await (await blocked.Task.WaitAsync(Cancellation)).GetBalanceAsync(Cancellation) + fixture.Ledger.TotalCharged);

        released.Set();
        await running;
        AssertBoughtOnce(fixture);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_callback_can_call_the_client_again(string kind)
    {
        await using var fixture = await WanFixture.StartAsync();
        var calls = 0;

        await RunAsync(fixture, kind, client =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                Assert.InRange(Task.Run(() => client.GetBalanceAsync(Cancellation)).GetAwaiter().GetResult(), 1, 100_000);
        });

        Assert.InRange(calls, 1, int.MaxValue);
        AssertBoughtOnce(fixture);
    }

    /// <summary>Makes a video with a client whose callbacks of one kind are given.</summary>
    private async Task RunAsync(WanFixture fixture, string kind, Action<WanVideoClient> called)
    {
        WanVideoClient? client = null;
        void Call(Kind from)
        {
            if ($"{from}" == kind && client is not null)
                called(client);
        }

        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new CallingLogger(() => Call(Kind.Logger))));
        using var handler = new CallingHandler(() => Call(Kind.Handler), () => Call(Kind.HandlerAfterwards)) { InnerHandler = new SocketsHttpHandler() };
        using var http = new HttpClient(handler);
        client = new WanVideoClient(http, fixture.Options(options =>
        {
            options.LoggerFactory = loggers;
            options.ReconciliationTimeout = TimeSpan.Zero;
            options.ApiKey = null;
            options.ApiKeyProvider = _ =>
            {
                Call(Kind.Key);
                return ValueTask.FromResult(fixture.Emulator.ApiKey);
            };
        }));
        using var _ = client;

        var request = Samples.Text("order-1") with { UploadProgress = new Recorder<TransferProgress>(_ => Call(Kind.Upload)) };
        var generation = await client.GenerateAndWaitAsync(request, progress: new Recorder<GenerationProgress>(_ => Call(Kind.Wait)), cancellationToken: Cancellation);
        var options = new DownloadOptions { Progress = new Recorder<TransferProgress>(_ => Call(Kind.Download)) };
        await client.DownloadToFileAsync(generation, folder["video.mp4"], options, Cancellation);
    }

    private void AssertBoughtOnce(WanFixture fixture)
    {
        Assert.Equal((1, 1), (fixture.Ledger.CompleteSubmissionBodies, fixture.Ledger.Submissions.Count));
        Assert.True(File.Exists(folder["video.mp4"]));
    }

    private enum Kind
    {
        Upload,
        Wait,
        Download,
        Key,
        Handler,
        HandlerAfterwards,
        Logger,
    }

    private sealed class CallingHandler(Action before, Action after) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            before();
            var response = await base.SendAsync(request, cancellationToken);
            after();
            return response;
        }
    }

    private sealed class CallingLogger(Action call) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => call();
    }
}
