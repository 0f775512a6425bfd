namespace Wan27.Sdk.Media;

/// <summary>Media that the caller holds in memory.</summary>
internal sealed class MemoryMedia(ReadOnlyMemory<byte> bytes) : LocalMedia
{
    public override MediaReader Open() => new Reader(bytes);

    private sealed class Reader(ReadOnlyMemory<byte> bytes) : MediaReader
    {
        public override long Length => bytes.Length;

        public override string Name => "the bytes given";

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Read(buffer.Span, offset));

        public override int Read(Span<byte> buffer, long offset)
        {
            var rest = bytes.Span[(int)Math.Min(offset, bytes.Length)..];
            var count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            return count;
        }
    }
}
