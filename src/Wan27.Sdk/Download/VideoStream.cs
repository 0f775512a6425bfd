using Wan27.Sdk.Diagnostics;

namespace Wan27.Sdk.Download;

/// <summary>
/// What a caller reads from: the video, with every fault turned into the exception that names the generation. To set the position costs nothing until the
/// next read, which opens a new connection there.
/// </summary>
internal sealed class VideoStream(
    ResumableDownload video, DownloadTelemetry telemetry, Func<CancellationToken, Task> arrivedAsync, Func<Exception, Exception?> typed) : Stream
{
    private bool hasArrived;
    private long? target;

    public override bool CanRead => true;

    public override bool CanSeek => video.CanSeek;

    public override bool CanWrite => false;

    public override long Length => video.Total ?? throw new NotSupportedException();

    public override long Position
    {
        get => target ?? video.Received;
        set
        {
            if (!CanSeek)
                throw new NotSupportedException("The file host does not serve parts of this video, or its digest is checked.");
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            target = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            if (target is { } position)
                video.Seek(position);
            target = null;
            var read = await video.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (!hasArrived && !video.HasSought && !buffer.IsEmpty && (read == 0 || video.Received == video.Total))
                await FinishAsync(cancellationToken).ConfigureAwait(false);
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

    // A reader who knows the length might not read beyond the last byte: the video is validated before that byte is passed on.
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        _ = await video.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false);
        hasArrived = true;
        await arrivedAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => Position,
        SeekOrigin.End => Length,
        _ => 0,
    };

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
