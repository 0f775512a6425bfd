namespace Wan27.Sdk.Download;

/// <summary>Reports how far a download is, at most ten times a second.</summary>
internal sealed class DownloadProgressReporter(Action<TransferProgress>? report, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long began = time.GetTimestamp();
    private long skipped;
    private long lastReport;
    private bool hasReported;

    /// <summary>Leaves bytes of an earlier download out of the rate.</summary>
    public void Skip(long bytes) => skipped += bytes;

    public void Received(long bytes, long? total)
    {
        if (report is not null && (!hasReported || time.GetElapsedTime(lastReport) >= Interval))
            Finished(bytes, total);
    }

    public void Finished(long bytes, long? total)
    {
        if (report is null)
            return;
        hasReported = true;
        lastReport = time.GetTimestamp();
        report(TransferProgress.After(time.GetElapsedTime(began), bytes - skipped, bytes, total));
    }
}
