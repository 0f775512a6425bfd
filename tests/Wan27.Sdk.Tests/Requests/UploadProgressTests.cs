namespace Wan27.Sdk.Tests.Requests;

public sealed class UploadProgressTests
{
    [Fact]
    public async Task Each_sent_piece_is_reported_with_the_total_and_the_rate()
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued"));
        var reports = new ReportsBySecond(service);

        await service.Client.CreateAsync(
            Samples.Image with { Image = MediaSource.FromBytes(Samples.PngOf(1_000_000)), UploadProgress = reports }, TestContext.Current.CancellationToken);

        Assert.True(reports.Count > 3);
        Assert.All(reports, report => Assert.Equal(service.Requests[0].ContentLength, report.TotalBytes));
        Assert.Equal(reports.Select(report => report.Bytes).Order().Distinct(), reports.Select(report => report.Bytes));
        Assert.Equal(reports.Select((report, second) => second == 0 ? 0 : report.Bytes / (double)second), reports.Select(report => report.BytesPerSecond));
        Assert.Equal(reports[^1].TotalBytes, reports[^1].Bytes);
    }

    [Fact]
    public async Task A_slow_upload_does_not_time_out()
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued"));
        var reports = new ReportsBySecond(service, seconds: 90);

        await service.Client.CreateAsync(
            Samples.Image with { Image = MediaSource.FromBytes(Samples.PngOf(1_000_000)), UploadProgress = reports }, TestContext.Current.CancellationToken);

        Assert.True(reports.Count * 90 > 2 * service.Options.AttemptTimeout.TotalSeconds);
    }

    /// <summary>Lets time pass after each report.</summary>
    private sealed class ReportsBySecond(ScriptedService service, int seconds = 1) : List<TransferProgress>, IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            Add(value);
            service.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
    }
}
