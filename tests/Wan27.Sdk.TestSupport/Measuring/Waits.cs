namespace Wan27.Sdk.TestSupport.Measuring;

/// <summary>Ten thousand concurrent waits: the memory of each while it waits, and the cost when all of them poll.</summary>
internal sealed class Waits(LoopbackServer server) : IDisposable
{
    public const int Count = 10_000;

    // Unlike any schedule of the SDK: all waits poll at the same time.
    private static readonly PollingOptions InStep = new()
    {
        InitialDelay = TimeSpan.FromSeconds(1),
        Jitter = 0,
        Interval = TimeSpan.FromHours(1),
        MaxInterval = TimeSpan.FromHours(1),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly WanVideoClient client = new(new WanVideoClientOptions { ApiKey = "benchmark", BaseAddress = server.BaseAddress });

    // Submitted just now: a wait from an id alone begins with a read.
    private readonly VideoGeneration generation = new() { Id = "bench-0000000000000001", Status = GenerationStatus.Queued };

    /// <summary>The live heap bytes for each wait that has started and can be canceled, in addition to those that the first waits allocate.</summary>
    public async Task<long> LiveBytesAsync()
    {
        using var stop = new CancellationTokenSource();
        var waits = new Task[2 * Count];
        Begin(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Begin(Count);
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        await stop.CancelAsync();
        await IgnoreAsync(waits);
        return held;

        void Begin(int first)
        {
            for (var i = 0; i < Count; i++)
                waits[first + i] = client.WaitAsync(generation, cancellationToken: stop.Token);
        }
    }

    /// <summary>The connections that are opened, and the bytes by which the process grows, when all waits poll at the same time.</summary>
    public async Task<(int Connections, long Bytes)> HerdAsync()
    {
        using var stop = new CancellationTokenSource();
        GC.Collect();
        var (connections, requests, before, most) = (server.Connections, server.Requests, Environment.WorkingSet, 0L);
        var waits = Enumerable.Range(0, Count).Select(_ => client.WaitAsync(generation, InStep, null, stop.Token)).ToArray<Task>();
        while (server.Requests - requests < Count)
        {
            most = Math.Max(most, Environment.WorkingSet);
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        await IgnoreAsync(waits);
        return (server.Connections - connections, most - before);
    }

    public void Dispose() => client.Dispose();

    // Each wait ends as it was set up to end: canceled or completed.
    private static async Task IgnoreAsync(Task[] waits)
    {
        foreach (var wait in waits)
            await wait.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
