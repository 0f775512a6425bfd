using System.Runtime.CompilerServices;

namespace Wan27.Sdk.Transport;

/// <summary>
/// Hands over a body. The last byte goes alone, so that a request that broke earlier provably cannot have been accepted. After the transport
/// failed to write, it still gets the rest, but never that byte: only then does it read a response that arrived before the connection broke.
/// </summary>
/// <param name="destination">The stream of the transport or of a handler.</param>
/// <param name="length">The number of bytes in the body; the last byte is unknown if it is negative.</param>
/// <param name="isOnWire">Whether the stream is the transport's.</param>
/// <param name="onEnd">Called before the last byte is handed over; it may refuse.</param>
internal sealed class BodyStream(Stream destination, long length, bool isOnWire, Action onEnd) : Stream
{
    private static readonly byte[] Blank = new byte[1];

    private long position;
    private bool isBroken;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return ValueTask.CompletedTask;
        position += buffer.Length;
        return length >= 0 && position < length ? HandOverAsync(buffer, cancellationToken) : HandOverEndAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override Task FlushAsync(CancellationToken cancellationToken) => isBroken ? Task.CompletedTask : destination.FlushAsync(cancellationToken);

    public override void Flush()
    {
        // The transport sends what it has when the body is complete.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask HandOverEndAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length > 1)
            await HandOverAsync(buffer[..^1], cancellationToken).ConfigureAwait(false);
        if (!isBroken)
            onEnd();
        await HandOverAsync(isBroken ? Blank : buffer[^1..], cancellationToken).ConfigureAwait(false);
        if (isBroken)
            await ForgetBufferedAsync(cancellationToken).ConfigureAwait(false);
    }

    // What the transport still holds would fail when the body is complete, instead of here.
    private async Task ForgetBufferedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
        }
    }

    private ValueTask HandOverAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var write = destination.WriteAsync(buffer, cancellationToken);
            if (!write.IsCompletedSuccessfully)
                return CompleteAsync(write);
            write.GetAwaiter().GetResult();
        }
        catch (IOException) when (isOnWire)
        {
            isBroken = true;
        }

        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CompleteAsync(ValueTask write)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (IOException) when (isOnWire)
        {
            isBroken = true;
        }
    }
}
