using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.Hosting.Tests;

/// <summary>One instance of an application: a host with the client, its journal and the service.</summary>
internal sealed class TestInstance : IAsyncDisposable
{
    private readonly IHost host;

    private readonly FakeTimeProvider clock;

    private TestInstance(IHost host, FakeTimeProvider clock) => (this.host, this.clock) = (host, clock);

    public IWanVideoClient Client => host.Services.GetRequiredService<IWanVideoClient>();

    public ConcurrentQueue<string> LogLines { get; private init; } = [];

    public static async Task<TestInstance> StartAsync(
        WanEmulator emulator, string account, FakeTimeProvider clock, ISubmissionJournal journal, TestHandler handler, Action<GenerationJobOptions>? configure = null)
    {
        var lines = new ConcurrentQueue<string>();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(new LineLoggers(lines)).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(journal);
        builder.Services.AddSingleton(handler);
        builder.Services.AddWanVideoClient(options =>
        {
            (options.ApiKey, options.BaseAddress, options.AttemptTimeout) = (emulator.ApiKey, emulator.BaseAddress, TimeSpan.FromHours(23));
            options.Account = account;
            options.Polling = PollingOptions.Default with { Timeout = TimeSpan.FromHours(23) };
        }).AddJobs<TestHandler>(options =>
        {
            options.ClaimTime = TimeSpan.FromDays(1);
            configure?.Invoke(options);
        });
        var instance = new TestInstance(builder.Build(), clock) { LogLines = lines };
        await instance.host.StartAsync(TestContext.Current.CancellationToken);
        return instance;
    }

    public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        var stopping = host.StopAsync(now.Token);
        while (!stopping.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }

        host.Dispose();
    }

    private sealed class LineLoggers(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
