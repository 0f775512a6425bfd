using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>Every entry of every level, as a logger would write it.</summary>
/// <param name="onResponse">Called when the client has received the headers of a response.</param>
internal sealed class CapturedLog(Action onResponse) : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> entries = new();

    public IEnumerable<string> Entries => entries;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        entries.Enqueue($"{formatter(state, exception)} {exception}");
        if (eventId.Name == "Answered")
            onResponse();
    }

    public void Dispose()
    {
    }
}
