using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Wan27.Sdk.Media;

namespace Wan27.Sdk.Requests;

/// <summary>A body of known length: JSON text with places where the Base64 text of local media is streamed in.</summary>
internal sealed class RequestBody
{
    /// <summary>Raw bytes read at once: a multiple of 3, so that Base64 needs padding only at the end; 256 KB when encoded.</summary>
    private const int ChunkLength = 192 * 1024;

    private readonly ReadOnlyMemory<byte> text;
    private readonly IReadOnlyList<(int Position, MediaReader Reader)> insertions;

    public RequestBody(ReadOnlyMemory<byte> text, IReadOnlyList<(int Position, MediaReader Reader)> insertions)
    {
        this.text = text;
        this.insertions = insertions;
        Length = text.Length + insertions.Sum(insertion => Base64Length(insertion.Reader.Length));
    }

    public long Length { get; }

    /// <summary>Writes the whole body, and tells after each piece how many bytes of it have been written.</summary>
    /// <exception cref="WanMediaException">Media vanished, shrank or changed; the body is then incomplete.</exception>
    public async Task WriteToAsync(Stream stream, Action<long> written, CancellationToken cancellationToken)
    {
        var (position, total) = (0, 0L);
        foreach (var (end, reader) in insertions)
        {
            await stream.WriteAsync(text[position..end], cancellationToken).ConfigureAwait(false);
            total += end - position;
            position = end;
            await WriteMediaAsync(reader, stream, written, total, cancellationToken).ConfigureAwait(false);
            total += Base64Length(reader.Length);
        }

        await stream.WriteAsync(text[position..], cancellationToken).ConfigureAwait(false);
        written(Length);
    }

    /// <summary>A digest of what is asked for, media included: equal for equal bodies.</summary>
    public async Task<string> FingerprintAsync(CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(text.Span);
        foreach (var (_, reader) in insertions)
            await ReadChunksAsync(reader, chunk => digest.AppendData(chunk.Span), cancellationToken).ConfigureAwait(false);
        return Convert.ToHexString(digest.GetHashAndReset());

        static async Task ReadChunksAsync(MediaReader reader, Action<ReadOnlyMemory<byte>> use, CancellationToken cancellationToken)
        {
            var chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
            try
            {
                for (var offset = 0L; offset < reader.Length;)
                {
                    var filled = await FillAsync(reader, chunk.AsMemory(0, ChunkLength), offset, cancellationToken).ConfigureAwait(false);
                    use(chunk.AsMemory(0, filled));
                    offset += filled;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
    }

    // One loop without inner calls that suspend: each of those would cost an allocation for every piece.
    private static async Task WriteMediaAsync(
        MediaReader reader, Stream stream, Action<long> written, long total, CancellationToken cancellationToken)
    {
        var raw = ArrayPool<byte>.Shared.Rent(ChunkLength);
        var encoded = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(ChunkLength));
        try
        {
            for (var offset = 0L; offset < reader.Length;)
            {
                var filled = await FillAsync(reader, raw.AsMemory(0, ChunkLength), offset, cancellationToken).ConfigureAwait(false);
                offset += filled;
                if (offset == reader.Length)
                    reader.ThrowIfChanged();
                Base64.EncodeToUtf8(raw.AsSpan(0, filled), encoded, out _, out var length);
                await stream.WriteAsync(encoded.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                written(total += length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    /// <summary>Fills the chunk, or as much of it as the media's promised length leaves.</summary>
    private static async ValueTask<int> FillAsync(MediaReader reader, Memory<byte> chunk, long offset, CancellationToken cancellationToken)
    {
        var expected = (int)Math.Min(chunk.Length, reader.Length - offset);
        var filled = 0;
        while (filled < expected)
        {
            var read = await ReadAsync(reader, chunk[filled..expected], offset + filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new WanMediaException($"{reader.Name} ended after {offset + filled} of {reader.Length} bytes while it was being sent");
            filled += read;
        }

        return filled;
    }

    private static async ValueTask<int> ReadAsync(MediaReader reader, Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(buffer, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            throw new WanMediaException($"{reader.Name} could not be read while it was being sent", e);
        }
    }

    private static long Base64Length(long length) => (length + 2) / 3 * 4;
}
