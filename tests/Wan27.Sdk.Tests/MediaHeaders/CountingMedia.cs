using Wan27.Sdk.Media;

namespace Wan27.Sdk.Tests.MediaHeaders;

/// <summary>Bytes that count how often they are read, in a file that may report a larger length.</summary>
internal sealed class CountingMedia(byte[] bytes, long? length = null) : MediaReader
{
    public int Reads { get; private set; }

    public override long Length => length ?? bytes.Length;

    public override string Name => "the test's bytes";

    /// <summary>Returns the first bytes, by which a format is known.</summary>
    public byte[] Head()
    {
        var head = new byte[MediaFormat.HeadLength];
        return head[..ReadHead(head)];
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Read(buffer.Span, offset));

    public override int Read(Span<byte> buffer, long offset)
    {
        Reads++;
        if (offset >= bytes.Length)
            return 0;
        var count = (int)Math.Min(buffer.Length, bytes.Length - offset);
        bytes.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }
}
