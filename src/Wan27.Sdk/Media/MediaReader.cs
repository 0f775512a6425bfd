namespace Wan27.Sdk.Media;

/// <summary>Opened local media: a known number of bytes that can be read from any place, by one reader at a time.</summary>
internal abstract class MediaReader : IDisposable
{
    public abstract long Length { get; }

    /// <summary>How the media are called in an error: the file's name, or what they are.</summary>
    public abstract string Name { get; }

    /// <summary>Gets what is wrong with media of length 0.</summary>
    public virtual string EmptyReason => "is empty";

    /// <summary>Reads some bytes; 0 at the end.</summary>
    /// <exception cref="IOException">The media cannot be read.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken);

    /// <summary>Fills the buffer, or as much of it as the promised length leaves.</summary>
    /// <exception cref="WanValidationException">The media vanished or shrank.</exception>
    public async ValueTask<int> FillAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var expected = (int)Math.Min(buffer.Length, Length - offset);
        var filled = 0;
        while (filled < expected)
        {
            var read = await ReadOrThrowAsync(buffer[filled..expected], offset + filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw WanValidationException.OfMedia($"{Name} ended after {offset + filled} of {Length} bytes while it was being sent");
            filled += read;
        }

        return filled;
    }

    /// <summary>Reads some bytes without waiting for another thread, for the few bytes of a header.</summary>
    public abstract int Read(Span<byte> buffer, long offset);

    /// <exception cref="WanValidationException">The media are no longer those that were opened.</exception>
    public virtual void ThrowIfChanged()
    {
    }

    public virtual void Dispose()
    {
    }

    /// <summary>Reads the first bytes, by which a format is known.</summary>
    /// <returns>How many there are.</returns>
    public int ReadHead(Span<byte> head)
    {
        var filled = 0;
        while (filled < head.Length && Read(head[filled..], filled) is > 0 and var read)
            filled += read;
        return filled;
    }

    private async ValueTask<int> ReadOrThrowAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(buffer, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            throw WanValidationException.OfMedia($"{Name} could not be read while it was being sent", e);
        }
    }
}
