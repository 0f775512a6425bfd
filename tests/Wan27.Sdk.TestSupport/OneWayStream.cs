namespace Wan27.Sdk.TestSupport;

/// <summary>Bytes without a length that cannot be rewound, like those of a socket; what is written is passed to another stream.</summary>
/// <param name="bytes">The bytes to read.</param>
/// <param name="fault">What the read after half of the bytes throws, once; null for nothing.</param>
internal class OneWayStream(byte[] bytes, Exception? fault = null) : Stream
{
    private const int LargestRead = 10_000;

    private readonly MemoryStream content = new(bytes);
    private readonly Stream? destination;
    private Exception? fault = fault;

    public OneWayStream(Stream destination)
        : this([]) => this.destination = destination;

    public override bool CanRead => destination is null;

    public override bool CanSeek => false;

    public override bool CanWrite => destination is not null;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var half = content.Length / 2;
        if (fault is { } now && content.Position >= half)
        {
            fault = null;
            throw now;
        }

        var most = fault is null ? LargestRead : Math.Min(LargestRead, (int)(half - content.Position));
        return content.Read(buffer, offset, Math.Min(count, most));
    }

    public override void Write(byte[] buffer, int offset, int count) => destination!.Write(buffer, offset, count);

    public override void Flush() => destination?.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
