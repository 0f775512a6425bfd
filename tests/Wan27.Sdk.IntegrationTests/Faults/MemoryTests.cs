using System.Globalization;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Measures the memory of the process, so no other test runs concurrently.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Megabyte = 1024 * 1024;

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(5);

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    [Fault(136, "Create, Get", "Create: reconciled. Get: a typed error; at most 4 MB, or 64 KB of an error, are read, in less than 16 MB of memory")]
    public async Task A_body_of_1_GB(int status)
    {
        var large = Reply.Unframed(status, default, "Content-Length: 1073741824") with { Repeated = new byte[Megabyte] };

        await MeasureAsync(() => ReplacedResponse.IsFoundInLogAsync(large));
        await MeasureAsync(() => ReplacedResponse.EndsReadsAsync<WanApiException>(large));
    }

    [Fact]
    [Fault(137, "Download", "`WanDownloadException` at once, in less than 16 MB of memory")]
    public Task A_page_of_1_GB_in_place_of_the_video() => MeasureAsync(async () =>
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement =
            _ => Reply.Unframed(200, "<html>"u8.ToArray(), "Content-Length: 1073741824") with { Repeated = new byte[Megabyte] };

        _ = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(fixture.Video(), Stream.Null, cancellationToken: token), TimeSpan.Zero);
    });

    private Task MeasureAsync<T>(Func<Task<T>> run) => MeasureAsync((Func<Task>)run);

    private async Task MeasureAsync(Func<Task> run)
    {
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        using (new Timer(_ => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)), null, TimeSpan.Zero, Often))
            await run();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(most - before) / (double)Megabyte:F1} MB more at most"));
        Assert.InRange(most - before, long.MinValue, 16 * Megabyte);
    }
}
