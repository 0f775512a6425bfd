using System.Buffers;
using System.Security.Cryptography;
using Wan27.Sdk.Media;

namespace Wan27.Sdk.Requests;

/// <summary>A body of known length: JSON text with places where the Base64 text of local media is streamed in.</summary>
internal sealed class RequestBody
{
    private const int DigestChunkLength = 192 * 1024;

    private readonly ReadOnlyMemory<byte> text;
    private readonly IReadOnlyList<(int Position, MediaReader Reader)> insertions;

    public RequestBody(ReadOnlyMemory<byte> text, IReadOnlyList<(int Position, MediaReader Reader)> insertions)
    {
        this.text = text;
        this.insertions = insertions;
        Length = text.Length + insertions.Sum(insertion => Base64Length(insertion.Reader.Length));
    }

    public long Length { get; }

    /// <summary>Writes the body, and reports after each piece how many bytes were written.</summary>
    /// <exception cref="WanValidationException">Media vanished, shrank or changed; the body is then incomplete.</exception>
    public async Task WriteToAsync(Stream stream, Action<long> written, CancellationToken cancellationToken)
    {
        var (position, total) = (0, 0L);
        foreach (var (end, reader) in insertions)
        {
            await stream.WriteAsync(text[position..end], cancellationToken).ConfigureAwait(false);
            total += end - position;
            position = end;
            using var pieces = new Base64Writer(reader);
            await pieces.WriteToAsync(stream, length => written(total += length), cancellationToken).ConfigureAwait(false);
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
            var chunk = ArrayPool<byte>.Shared.Rent(DigestChunkLength);
            try
            {
                for (var offset = 0L; offset < reader.Length;)
                {
                    var filled = await reader.FillAsync(chunk.AsMemory(0, DigestChunkLength), offset, cancellationToken).ConfigureAwait(false);
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

    private static long Base64Length(long length) => (length + 2) / 3 * 4;
}
