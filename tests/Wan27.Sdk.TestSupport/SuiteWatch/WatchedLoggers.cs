using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.TestSupport;

/// <summary>Logs everything at Trace, searches it for secrets, and keeps nothing.</summary>
internal sealed class WatchedLoggers : ILoggerFactory, ILoggerProvider
{
    public static readonly WatchedLoggers Instance = new();

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var where = $"{category} {eventId}";
            KnownSecrets.Search(formatter(state, exception), where);
            KnownSecrets.Search(exception?.ToString(), where);
            foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
                KnownSecrets.Search(value?.ToString(), $"{where} {name}");
        }
    }
}
