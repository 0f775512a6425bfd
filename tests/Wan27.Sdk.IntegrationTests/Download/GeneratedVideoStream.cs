using System.Threading.Tasks.Sources;

namespace Wan27.Sdk.IntegrationTests.Download;

/// <summary>
/// A generated video of any size: each read creates some more of it. A slow one never completes a read at once. Neither allocates, so that a test
/// counts only the client's allocations.
/// </summary>
internal sealed class GeneratedVideoStream(long length, int piece, bool isSlow) : Stream, IValueTaskSource<int>, IThreadPoolWorkItem
{
    private readonly byte[] head = TestVideo.Head(length);
    private ManualResetValueTaskSourceCore<int> reading = new() { RunContinuationsAsynchronously = false };
    private int count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        count = (int)Math.Min(Math.Min(buffer.Length, piece), length - Position);
        if (Position < head.Length)
        {
            count = Math.Min(count, head.Length - (int)Position);
            head.AsSpan((int)Position, count).CopyTo(buffer.Span);
        }

        Position += count;
        if (!isSlow)
            return ValueTask.FromResult(count);
        reading.Reset();
        _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return new ValueTask<int>(this, reading.Version);
    }

    public void Execute() => reading.SetResult(count);

    int IValueTaskSource<int>.GetResult(short token) => reading.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => reading.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        reading.OnCompleted(continuation, state, token, flags);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
