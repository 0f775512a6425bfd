using System.Text;
using Wan27.Sdk.Media;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Tests.Requests;

public class Base64WriterTests
{
    private const int Read = 48 * 1024;

    private const int Piece = 4 * Read;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Read - 1)]
    [InlineData(Read)]
    [InlineData(Read + 1)]
    [InlineData(Piece - 1)]
    [InlineData(Piece)]
    [InlineData(Piece + 1)]
    [InlineData((2 * Piece) + 2)]
    [InlineData(16 * Piece)]
    public async Task The_text_equals_that_of_a_single_conversion(int length)
    {
        var media = new byte[length];
        new Random(7).NextBytes(media);
        using var written = new MemoryStream();
        var reported = 0L;

        using var pieces = new Base64Writer(new TrickleReader(media));
        await pieces.WriteToAsync(written, count => reported += count, TestContext.Current.CancellationToken);

        Assert.Equal(Convert.ToBase64String(media), Encoding.ASCII.GetString(written.ToArray()));
        Assert.Equal(written.Length, reported);
    }

    [Fact]
    public async Task A_failed_write_is_reported_only_when_no_read_uses_the_buffers()
    {
        using var reader = new HeldReader();
        using var pieces = new Base64Writer(reader);

        var writing = pieces.WriteToAsync(new BrokenStream(), _ => { }, TestContext.Current.CancellationToken);
        await reader.Held.WaitAsync(TestContext.Current.CancellationToken);
        var isEndedEarly = writing.IsCompleted;
        reader.Release();

        Assert.False(isEndedEarly);
        Assert.Equal("broken", (await Assert.ThrowsAsync<IOException>(() => writing)).Message);
    }

    /// <summary>Returns fewer bytes than requested.</summary>
    private sealed class TrickleReader(byte[] media) : MediaReader
    {
        public override long Length => media.Length;

        public override string Name => "the media";

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) => new(Read(buffer.Span, offset));

        public override int Read(Span<byte> buffer, long offset)
        {
            var count = (int)Math.Min(Math.Min(buffer.Length, 10_007), Length - offset);
            media.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }
    }

    /// <summary>Returns one piece; then blocks the next read until it is released, and fails it.</summary>
    private sealed class HeldReader : MediaReader
    {
        private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<int> released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Held => held.Task;

        public override long Length => 10_000_000;

        public override string Name => "the media";

        public void Release() => released.SetException(new IOException("held"));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
        {
            if (offset < Piece)
                return new(buffer.Length);
            held.TrySetResult();
            return new(released.Task);
        }

        public override int Read(Span<byte> buffer, long offset) => throw new NotSupportedException();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("broken");
    }
}
