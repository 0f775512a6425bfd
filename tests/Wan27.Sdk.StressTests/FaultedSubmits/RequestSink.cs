namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>The destination of a request body: it counts the bytes that arrive, and its connection can break.</summary>
/// <param name="began">Called before the first byte.</param>
/// <param name="breaksAfter">How many bytes are written without a fault.</param>
/// <param name="deliversLast">Whether the bytes of the write that fails arrive nevertheless, which a socket does not report.</param>
internal sealed class RequestSink(Action began, long breaksAfter = long.MaxValue, bool deliversLast = false) : Stream
{
    private long length;
    private bool isBroken;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position { get => length; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (length == 0)
            began();
        var breaksNow = length + buffer.Length > breaksAfter;
        if (!isBroken && (!breaksNow || deliversLast))
            length += buffer.Length;
        isBroken |= breaksNow;
        if (isBroken)
            throw new IOException("Connection reset by peer.");
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
