using System.Collections.Concurrent;

namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>Exceptions of <see cref="Task"/> objects that were never awaited.</summary>
internal sealed class UnobservedExceptions : IDisposable
{
    private readonly ConcurrentQueue<Exception> seen = new();

    public UnobservedExceptions()
    {
        // First collects those of other tests.
        CollectGarbage();
        TaskScheduler.UnobservedTaskException += Note;
    }

    public IReadOnlyCollection<Exception> Collect()
    {
        CollectGarbage();
        return seen;
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= Note;

    private static void CollectGarbage()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private void Note(object? sender, UnobservedTaskExceptionEventArgs e) => seen.Enqueue(e.Exception);
}
