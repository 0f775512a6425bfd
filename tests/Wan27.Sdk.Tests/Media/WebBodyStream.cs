namespace Wan27.Sdk.Tests.Media;

/// <summary>Like the buffered body of a web request: it seeks within what was read, its length grows as it is read, and it refuses synchronous reads.</summary>
internal sealed class WebBodyStream(byte[] bytes) : Stream
{
    private readonly MemoryStream content = new(bytes);
    private long available;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => available;

    public override long Position { get => content.Position; set => content.Position = Math.Min(value, available); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var read = content.Read(buffer.Span[..Math.Min(buffer.Length, 10_000)]);
        available = Math.Max(available, content.Position);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

    public override long Seek(long offset, SeekOrigin origin) => Position = offset;

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
