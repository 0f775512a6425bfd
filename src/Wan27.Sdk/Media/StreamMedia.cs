using System.Diagnostics.CodeAnalysis;

namespace Wan27.Sdk.Media;

/// <summary>
/// A caller's stream. One that seeks is read in place, one reader at a time; one that does not is spooled once to a temporary file,
/// so that the same request can be sent again.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source has no end that a caller must mark: the semaphore holds no handle, and the spool's finalizer deletes the file.")]
internal sealed class StreamMedia : LocalMedia
{
    /// <summary>The largest media that the API takes at all: a reference video of 100 MB.</summary>
    private const long MaxSpooledLength = 100 * 1024 * 1024;

    private readonly Stream stream;
    private readonly long start;
    private readonly SemaphoreSlim gate = new(1, 1);
    private FileStream? spool;
    private bool isConsumed;

    public StreamMedia(Stream stream)
    {
        this.stream = stream;
        start = stream.CanSeek ? stream.Position : 0;
    }

    public override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (stream.CanSeek || spool is not null)
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
        if (stream.CanSeek)
            return new Reader(this, stream, start);
        if (spool is null)
            PrepareAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return new Reader(this, spool!, 0);
    }

    private async Task<FileStream> SpoolAsync(CancellationToken cancellationToken)
    {
        if (isConsumed)
            throw WanValidationException.OfMedia("the stream failed when it was first read, and the rest of it is incomplete");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var buffer = new byte[80 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                isConsumed = true;
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (file.Length > MaxSpooledLength)
                    throw WanValidationException.OfMedia($"the stream given holds more than {MaxSpooledLength} bytes, which no field of the API takes");
            }

            return file;
        }
        catch (Exception e)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            if (e is OperationCanceledException or WanValidationException)
                throw;
            throw WanValidationException.OfMedia("the stream given cannot be read to its end", e);
        }
    }

    private sealed class Reader(StreamMedia owner, Stream stream, long start) : MediaReader
    {
        public override long Length { get; } = stream.Length - start;

        public override string Name => "the stream given";

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
                throw WanValidationException.OfMedia($"the stream given changed while it was being sent; it had {Length} bytes");
        }
    }
}
