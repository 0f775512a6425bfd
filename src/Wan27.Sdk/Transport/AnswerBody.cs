using System.Buffers;

namespace Wan27.Sdk.Transport;

/// <summary>Reads an answer's body into memory, within bounds, and keeps what came if it breaks off.</summary>
internal static class AnswerBody
{
    /// <summary>4 MB: a thousand times what the API answers, and no burden.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private const int MaxErrorLength = 64 * 1024;

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var head = AnswerHead.Of(response);
        var limit = head.IsSuccess ? MaxLength : MaxErrorLength;
        if (response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return new ApiAnswer(head, default, "is compressed, which was not asked for");

        var buffer = ArrayPool<byte>.Shared.Rent(InitialLength(response, limit));
        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = stream.ConfigureAwait(false);
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return new ApiAnswer(head, buffer.AsSpan(0, length).ToArray(), null);
                length += read;
                if (length > limit)
                    return new ApiAnswer(head, buffer.AsSpan(0, limit).ToArray(), $"is longer than {limit} bytes");
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            return new ApiAnswer(head, buffer.AsSpan(0, length).ToArray(), $"broke off after {length} bytes");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int InitialLength(HttpResponseMessage response, int limit) =>
        (int)Math.Clamp((response.Content.Headers.ContentLength ?? 0) + 1, 2 * 1024, limit + 1);

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
