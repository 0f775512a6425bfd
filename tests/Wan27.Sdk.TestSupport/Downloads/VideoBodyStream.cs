namespace Wan27.Sdk.TestSupport;

/// <summary>How the body of a response ends.</summary>
internal enum BodyEnding
{
    Complete,

    /// <summary>The connection fails.</summary>
    Break,

    /// <summary>No more bytes arrive until the idle timeout of thirty seconds fires.</summary>
    Stall,

    /// <summary>No more bytes arrive, and no time passes.</summary>
    Endless,
}

/// <summary>Some bytes in pieces of random sizes, followed by an ending.</summary>
internal sealed class VideoBodyStream(ReadOnlyMemory<byte> bytes, BodyEnding ending, DownloadClock clock, Action<int> sent) : Stream
{
    private readonly Random random = new(bytes.Length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(Math.Min(buffer.Length, bytes.Length), random.Next(1, 100_000));
        if (count > 0)
        {
            bytes[..count].CopyTo(buffer);
            bytes = bytes[count..];
            sent(count);
            return count;
        }

        if (ending == BodyEnding.Break)
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The test cut the connection.");
        if (ending == BodyEnding.Stall)
            clock.TriggerTimeout();
        if (ending is BodyEnding.Stall or BodyEnding.Endless)
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
