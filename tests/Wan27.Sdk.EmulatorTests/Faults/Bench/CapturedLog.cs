using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.EmulatorTests.Faults.Bench;

/// <summary>Every entry of every level, as it would be written.</summary>
/// <param name="onAnswer">Called when the client has received the headers of a response.</param>
internal sealed class CapturedLog(Action onAnswer) : ILoggerFactory, ILogger
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
            onAnswer();
    }

    public void Dispose()
    {
    }
}
