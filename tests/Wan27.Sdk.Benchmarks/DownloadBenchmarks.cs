using BenchmarkDotNet.Attributes;

namespace Wan27.Sdk.Benchmarks;

/// <summary>Compares the download of a video of 64 MB with common implementations without the SDK.</summary>
[MemoryDiagnoser]
public class DownloadBenchmarks : IDisposable
{
    private const long Length = 64L * Table.Megabyte;

    private LoopbackServer server = null!;
    private Downloads downloads = null!;

    [GlobalSetup]
    public void Setup()
    {
        server = new LoopbackServer();
        downloads = new Downloads(server, Path.GetTempPath());
    }

    [GlobalCleanup]
    public void Dispose()
    {
        downloads.Dispose();
        server.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task Sdk() => downloads.SdkAsync(Length);

    [Benchmark(Baseline = true)]
    public Task CopyTo() => downloads.CopyToAsync(Length);

    [Benchmark]
    public Task GetByteArray() => downloads.GetByteArrayAsync(Length);

    [Benchmark]
    public Task Curl() => downloads.CurlAsync(Length);
}
