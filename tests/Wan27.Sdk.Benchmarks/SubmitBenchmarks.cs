using BenchmarkDotNet.Attributes;

namespace Wan27.Sdk.Benchmarks;

/// <summary>Compares a submission with common implementations without the SDK.</summary>
[MemoryDiagnoser]
public class SubmitBenchmarks : IDisposable
{
    private Submits submits = null!;

    [Params(1, 20)]
    public int Megabytes { get; set; }

    [GlobalSetup]
    public void Setup() => submits = new Submits(new LoopbackServer(), TestImage.Write(Megabytes * 1024 * 1024));

    [GlobalCleanup]
    public void Dispose()
    {
        submits.Server.Dispose();
        submits.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task Sdk() => submits.SdkAsync();

    [Benchmark(Baseline = true)]
    public Task ReadyMade() => submits.ReadyMadeAsync();

    [Benchmark]
    public Task SourceGenerated() => submits.SourceGeneratedAsync();

    [Benchmark]
    public Task Refit() => submits.RefitAsync();

    [Benchmark]
    public Task Naive() => submits.NaiveAsync();
}
