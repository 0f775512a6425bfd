using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

public sealed class DownloadProgressReporterTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<TransferProgress> reported = [];

    [Fact]
    public void It_reports_the_first_piece_then_ten_a_second_and_the_end()
    {
        var meter = new DownloadProgressReporter(reported.Add, clock);
        foreach (var (milliseconds, bytes) in new[] { (1_000, 10), (0, 20), (99, 30), (1, 40), (100, 50), (50, 60) })
        {
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            meter.Received(bytes, 100);
        }

        meter.Finished(70, 70);

        Assert.Equal([10, 40, 50, 70], reported.Select(progress => progress.Bytes));
        Assert.Equal([100, 100, 100, 70], reported.Select(progress => progress.TotalBytes));
    }

    [Fact]
    public void The_rate_excludes_the_resumed_part()
    {
        var meter = new DownloadProgressReporter(reported.Add, clock);
        meter.Skip(1_000);
        meter.Skip(500);
        clock.Advance(TimeSpan.FromSeconds(2));

        meter.Received(2_500, null);

        Assert.Equal(new TransferProgress(2_500, null, 500), Assert.Single(reported));
    }

    [Fact]
    public void A_listener_is_optional()
    {
        var meter = new DownloadProgressReporter(null, clock);

        meter.Received(1, 1);
        meter.Finished(1, 1);
    }
}
