using Wan27.Sdk.Diagnostics;

namespace Wan27.Sdk.Download;

/// <summary>What a caller reads from: the video, with every fault turned into the exception that names the generation.</summary>
internal sealed class VideoStream(
    ResumableDownload video, DownloadTelemetry telemetry, Func<CancellationToken, Task> arrivedAsync, Func<Exception, Exception?> typed) : Stream
{
    private bool hasArrived;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => video.Total ?? throw new NotSupportedException();

    public override long Position
    {
        get => video.Received;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await video.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0 && buffer.Length > 0 && !hasArrived)
            {
                hasArrived = true;
                await arrivedAsync(cancellationToken).ConfigureAwait(false);
            }

            return read;
        }
        catch (Exception e) when (typed(e) is { } fit)
        {
            throw telemetry.Failed(fit);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            video.Dispose();
            telemetry.Dispose();
        }

        base.Dispose(disposing);
    }
}
