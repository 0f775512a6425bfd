using System.Diagnostics.CodeAnalysis;

namespace Wan27.Sdk.Media;

/// <summary>
/// A caller's stream. A file or memory that seeks is read in place, one reader at a time. Any other is copied once to a temporary file, so that the same
/// request can be sent again: it may refuse synchronous reads or grow while it is read, as the body of a web request does.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source has no end that a caller must mark: the semaphore holds no handle, and the finalizer of the copy closes the file.")]
internal sealed class StreamMedia : LocalMedia
{
    private const string Given = "the stream given";

    /// <summary>The largest media that the API takes at all: a reference video of 100 MB.</summary>
    private const long MaxSpooledLength = 100 * 1024 * 1024;

    private readonly Stream stream;
    private readonly bool isReadInPlace;
    private readonly long start;
    private readonly SemaphoreSlim gate = new(1, 1);
    private FileStream? spool;
    private bool isConsumed;

    public StreamMedia(Stream stream)
    {
        this.stream = stream;
        isReadInPlace = stream is FileStream or MemoryStream or UnmanagedMemoryStream && stream.CanSeek;
        start = stream.CanSeek ? stream.Position : 0;
    }

    public override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (isReadInPlace || spool is not null)
            return;
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            spool ??= await SpoolAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    public override MediaReader Open()
    {
        if (isReadInPlace)
            return new Reader(this, stream, start);
        // On another thread: a stream may return to the context of the caller, who waits here.
        if (spool is null)
            Task.Run(() => PrepareAsync(CancellationToken.None).AsTask()).GetAwaiter().GetResult();
        return new Reader(this, spool!, 0);
    }

    private async Task<FileStream> SpoolAsync(CancellationToken cancellationToken)
    {
        if (isConsumed)
            throw WanValidationException.OfMedia("the stream failed when it was first read, and the rest of it is incomplete");
        var file = SpoolFile.Create(Path.GetTempPath());
        try
        {
            if (stream.CanSeek)
                stream.Position = start;
            var buffer = new byte[80 * 1024];
            while (await ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                await SpoolFile.WriteAsync(file, buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (file.Length > MaxSpooledLength)
                    throw WanValidationException.OfMedia($"{Given} holds more than {MaxSpooledLength} bytes, which no field of the API takes");
            }

            return file;
        }
        catch (Exception)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            isConsumed |= read > 0;
            return read;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw WanValidationException.OfMedia($"{Given} cannot be read to its end", e);
        }
    }

    private sealed class Reader(StreamMedia owner, Stream stream, long start) : MediaReader
    {
        public override long Length { get; } = Math.Max(0, stream.Length - start);

        public override string Name => Given;

        public override string EmptyReason =>
            owner.start > 0 ? $"is at its end: its position was {owner.start}. Set {nameof(Stream.Position)} to 0 before {nameof(FromStream)}" : "is empty";

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
        {
            await owner.gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                stream.Position = start + offset;
                return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                owner.gate.Release();
            }
        }

        public override int Read(Span<byte> buffer, long offset)
        {
            owner.gate.Wait();
            try
            {
                stream.Position = start + offset;
                return stream.Read(buffer);
            }
            finally
            {
                owner.gate.Release();
            }
        }

        public override void ThrowIfChanged()
        {
            if (stream.Length - start != Length)
                throw WanValidationException.OfMedia($"{Given} changed while it was being sent; it had {Length} bytes");
        }
    }
}
