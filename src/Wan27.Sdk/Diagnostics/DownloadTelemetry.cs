using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>A download: what it received, how it was resumed, and how it ended.</summary>
internal sealed class DownloadTelemetry(ClientTelemetry client, string id) : IDisposable
{
    private readonly long began = client.Time.GetTimestamp();
    private Activity? span;
    private long bytes;
    private bool hasArrived;
    private bool isOver;

    /// <summary>Runs a download to its end.</summary>
    public async Task<T> RunAsync<T>(Func<DownloadTelemetry, Task<T>> work)
    {
        using var _ = this;
        return await OpenAsync(work).ConfigureAwait(false);
    }

    /// <summary>Runs the beginning of a download that its caller reads on, and then disposes.</summary>
    public async Task<T> OpenAsync<T>(Func<DownloadTelemetry, Task<T>> work)
    {
        client.Log.Downloading(id);
        if (Spans.AreWanted)
            span = Spans.BeginLater(Spans.Download, ClientTelemetry.Tags((Attributes.GenerationId, id)), client.Known.Find(id)?.Origin ?? default);
        try
        {
            return await work(this).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Failed(e);
            Dispose();
            throw;
        }
    }

    public void Received(int count)
    {
        bytes += count;
        client.Received(count);
    }

    /// <inheritdoc cref="ClientTelemetry.Report"/>
    public void Report(IProgress<TransferProgress>? progress, TransferProgress value) => client.Report(progress, value);

    /// <summary>The last byte is here; what is left to do may still fail.</summary>
    public void Arrived() => hasArrived = true;

    public void Reconnecting(Exception fault, long received)
    {
        client.Log.DownloadMended(id, received, fault.Message);
        client.Retried(span, "download", errorType: null);
    }

    public void Restarting(Exception fault)
    {
        client.Log.DownloadRestarted(id, fault.Message);
        hasArrived = false;
    }

    /// <summary>Reports the exception that ends the download, and returns it.</summary>
    public Exception Failed(Exception e)
    {
        if (isOver)
            return e;
        isOver = true;
        span?.Fail(e);
        if (e is OperationCanceledException)
            client.Log.DownloadLeft(id, bytes);
        else
            client.Log.DownloadFailed(id, Reasons.TypeOf(e), Reasons.Of(e));
        return e;
    }

    /// <summary>Ends the span. A download that has not arrived by now was left by its caller.</summary>
    public void Dispose()
    {
        if (!isOver && hasArrived)
            client.Log.Downloaded(id, bytes, client.Time.GetElapsedTime(began).TotalSeconds);
        else if (!isOver)
            client.Log.DownloadLeft(id, bytes);
        isOver = true;
        span?.SetTag(Attributes.Bytes, bytes).End();
        span = null;
    }
}
