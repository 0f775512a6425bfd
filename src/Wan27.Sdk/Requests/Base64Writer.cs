using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Wan27.Sdk.Media;

namespace Wan27.Sdk.Requests;

/// <summary>The Base64 text of local media, in pieces: while one is sent, another thread reads and encodes the next.</summary>
internal sealed class Base64Writer : IDisposable
{
    private const int PieceLength = 256 * 1024;

    /// <summary>Raw bytes read at once: a multiple of 3, so that Base64 needs padding only at the end, and few enough to be in the cache when they are encoded.</summary>
    private const int ReadLength = 48 * 1024;

    private readonly MediaReader reader;
    private readonly byte[] raw = ArrayPool<byte>.Shared.Rent(ReadLength);
    private readonly byte[] even = ArrayPool<byte>.Shared.Rent(PieceLength);
    private readonly byte[] odd = ArrayPool<byte>.Shared.Rent(PieceLength);
    private long offset;

    public Base64Writer(MediaReader reader) => this.reader = reader;

    /// <summary>Writes all pieces, and reports the length of each.</summary>
    /// <exception cref="WanValidationException">Media vanished, shrank or changed.</exception>
    public async Task WriteToAsync(Stream stream, Action<int> written, CancellationToken cancellationToken)
    {
        var piece = await EncodeAsync(even, cancellationToken).ConfigureAwait(false);
        while (piece.Count > 0)
        {
            var next = EncodeOnPoolAsync(piece.Array == even ? odd : even, cancellationToken);
            try
            {
                await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                written(piece.Count);
            }
            catch (Exception)
            {
                await EndAsync(next).ConfigureAwait(false);
                throw;
            }

            piece = await next.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(raw);
        ArrayPool<byte>.Shared.Return(even);
        ArrayPool<byte>.Shared.Return(odd);
    }

    // The arrays must not be returned while they are written; the first error is the one that is thrown.
    private static async Task EndAsync(ValueTask<ArraySegment<byte>> piece)
    {
        try
        {
            await piece.ConfigureAwait(false);
        }
        catch (Exception e) when (e is WanValidationException or OperationCanceledException)
        {
        }
    }

    // Pooled: a state machine for each piece would cost more memory than all the rest of a submission.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ArraySegment<byte>> EncodeOnPoolAsync(byte[] piece, CancellationToken cancellationToken)
    {
        if (offset == reader.Length)
            return default;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await EncodeAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ArraySegment<byte>> EncodeAsync(byte[] piece, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (offset < reader.Length && filled < PieceLength)
        {
            var read = await reader.FillAsync(raw.AsMemory(0, ReadLength), offset, cancellationToken).ConfigureAwait(false);
            offset += read;
            Base64.EncodeToUtf8(raw.AsSpan(0, read), piece.AsSpan(filled), out _, out var encoded);
            filled += encoded;
        }

        if (offset == reader.Length)
            reader.ThrowIfChanged();
        return new ArraySegment<byte>(piece, 0, filled);
    }
}
