using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Tests.Diagnostics;

/// <summary>A listener cannot make a paid call fail.</summary>
public class HostileListenerTests
{
    [Fact]
    public async Task A_logger_that_throws_loses_no_generation()
    {
        using var service = ScriptedService.Configured(options => options.LoggerFactory = new BrokenLoggers(), TestResponse.Generation("queued"), TestResponse.Generation("completed", url: Samples.VideoUrl));

        var generation = await service.RunAsync((client, token) => client.GenerateAndWaitAsync(Samples.Text, cancellationToken: token));

        Assert.True(generation.Status.IsSucceeded);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task A_listener_that_throws_loses_no_accepted_generation()
    {
        var flow = new AsyncLocal<bool> { Value = true };
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WanVideoClient.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ =>
            {
                if (flow.Value)
                    throw new InvalidOperationException("a broken listener");
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));

        Assert.Equal("gen-1", (await service.RunAsync((client, token) => client.CreateAsync(Samples.Text, token))).Id);
    }

    private sealed class BrokenLoggers : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("a broken logger");
    }
}
