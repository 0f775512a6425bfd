namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>The body of a response of which only the beginning arrives. Then the connection is reset, or no more bytes arrive.</summary>
internal sealed class InterruptedContent(byte[] beginning, Func<CancellationToken, Task> then) : Stream
{
    private int position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position == beginning.Length)
            await then(cancellationToken);
        var read = Math.Min(buffer.Length, beginning.Length - position);
        beginning.AsSpan(position, read).CopyTo(buffer.Span);
        position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
