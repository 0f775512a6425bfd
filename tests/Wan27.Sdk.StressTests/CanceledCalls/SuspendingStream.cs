namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>A stream in which each read and each write is a suspension.</summary>
internal sealed class SuspendingStream(string name, byte[] content, Suspensions suspensions, bool canSeek = false) : MemoryStream
{
    private const int PieceLength = 40 * 1024;

    private readonly MemoryStream inner = new(content);

    /// <summary>Called once when it is disposed.</summary>
    public Action? Closed { get; set; }

    /// <summary>Called when it has been read to its end.</summary>
    public Action? Ended { get; init; }

    /// <summary>Called with the number of bytes before they are written.</summary>
    public Action<int>? Writing { get; init; }

    public override bool CanSeek => canSeek;

    public override long Length => canSeek ? content.Length : throw new NotSupportedException();

    public override long Position { get => inner.Position; set => inner.Position = value; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await suspensions.PassAsync($"a read of {name}", cancellationToken);
        var read = inner.Read(buffer.Span[..Math.Min(buffer.Length, PieceLength)]);
        if (read == 0)
            Ended?.Invoke();
        return read;
    }

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Writing?.Invoke(buffer.Length);
        await suspensions.PassAsync($"a write to {name}", cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            var reported = Closed;
            Closed = null;
            reported?.Invoke();
        }

        base.Dispose(disposing);
    }
}
