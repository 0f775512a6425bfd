using System.Collections.Concurrent;

namespace Wan27.Sdk.Hosting.Tests;

/// <summary>Records what it is given, and does what a test wants.</summary>
internal sealed class TestHandler : IGenerationHandler
{
    private int running;
    private int peak;

    /// <summary>Gets what was handed over, as the id and the state.</summary>
    public ConcurrentQueue<string> Handled { get; } = new();

    public ConcurrentQueue<GenerationOutcome> Outcomes { get; } = new();

    /// <summary>Gets or sets what runs in each call, after it was recorded.</summary>
    public Func<GenerationOutcome, CancellationToken, Task> Do { get; set; } = (_, _) => Task.CompletedTask;

    public int Peak => peak;

    public async Task HandleAsync(GenerationOutcome outcome, CancellationToken cancellationToken)
    {
        InterlockedMax(Interlocked.Increment(ref running));
        try
        {
            Outcomes.Enqueue(outcome);
            Handled.Enqueue($"{outcome.ClientRequestId} {(outcome.IsSucceeded ? "finished" : outcome.IsUnknown ? "unknown" : "failed")}");
            await Do(outcome, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private void InterlockedMax(int value)
    {
        for (var seen = peak; value > seen; seen = peak)
            Interlocked.CompareExchange(ref peak, value, seen);
    }
}
