using System.Collections.Concurrent;

namespace Wan27.Sdk.TestSupport;

/// <summary>Keeps every report in order. Reports arrive synchronously, and not later on another thread.</summary>
internal sealed class Recorder<T>(Action<T>? also = null) : IProgress<T>
{
    private readonly ConcurrentQueue<T> reports = new();

    public IReadOnlyList<T> Reports => [.. reports];

    public void Report(T value)
    {
        reports.Enqueue(value);
        also?.Invoke(value);
    }
}
