using System.Buffers;

namespace Wan27.Sdk.Transport;

/// <summary>Reads the body of a response into memory, within a limit, and keeps what arrived if it is incomplete.</summary>
internal static class ResponseBody
{
    /// <summary>4 MB: a thousand times the usual response.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private const int MaxErrorLength = 64 * 1024;

    public static async ValueTask<ApiResponse> ReadAsync(HttpResponseMessage response, ApiResponseHeaders head, CancellationToken cancellationToken)
    {
        var limit = head.IsSuccess ? MaxLength : MaxErrorLength;
        if (response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var encodings) && encodings.Any(IsCompression))
            return new ApiResponse(head, default, "is compressed, which was not asked for");

        var buffer = ArrayPool<byte>.Shared.Rent(InitialLength(response, limit));
        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = stream.ConfigureAwait(false);
            while (length < limit)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                var room = buffer.AsMemory(length, Math.Min(buffer.Length, limit) - length);
                var read = await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return Read(length, null);
                length += read;
            }

            return Read(length, await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) == 0 ? null : $"is longer than {limit} bytes");
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            return Read(length, $"broke off after {length} bytes");
        }

        ApiResponse Read(int kept, string? fault) => new(head, buffer.AsMemory(0, kept), fault) { Rented = buffer };
    }

    private static bool IsCompression(string encoding) => !encoding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static int InitialLength(HttpResponseMessage response, int limit) =>
        (int)Math.Clamp((response.Content.Headers.ContentLength ?? 0) + 1, 2 * 1024, limit);

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
