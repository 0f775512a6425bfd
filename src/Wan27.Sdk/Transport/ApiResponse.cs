using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Wan27.Sdk.Transport;

/// <summary>A response that was read completely, or as far as it arrived.</summary>
/// <param name="Head">The headers of the response.</param>
/// <param name="Body">The body, at most <see cref="ResponseBody.MaxLength"/> bytes; until the response is disposed.</param>
/// <param name="Fault">Why the body is incomplete; null if it is complete.</param>
internal readonly record struct ApiResponse(ApiResponseHeaders Head, ReadOnlyMemory<byte> Body, string? Fault) : IDisposable
{
    /// <summary>How many values and names a response may have: ten times a page of the log, and 600 KB of a document's index.</summary>
    private const int MaxTokens = 50_000;

    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 32 };

    /// <summary>Gets the key of the request, which the body may repeat; null if unknown.</summary>
    public ApiKey? Key { get; init; }

    /// <summary>Gets the array of the body, if it is returned to the pool.</summary>
    public byte[]? Rented { get; init; }

    public void Dispose()
    {
        if (Rented is not null)
            ArrayPool<byte>.Shared.Return(Rented);
    }

    /// <exception cref="JsonException">The body is incomplete, not UTF-8, not JSON or nested too deeply; the message quotes nothing of it.</exception>
    public JsonDocument ParseJson()
    {
        if (Fault is not null)
            throw new JsonException($"the body {Fault}");
        var json = Body.Span.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? Body[3..] : Body;
        if (json.IsEmpty)
            throw new JsonException("the body is empty");
        if (!Utf8.IsValid(json.Span))
            throw new JsonException("the body is not UTF-8");
        try
        {
            return HasTooManyTokens(json.Span)
                ? throw new JsonException($"it has more than {MaxTokens} values and names")
                : JsonDocument.Parse(json, Depth);
        }
        catch (JsonException e) when (e.LineNumber is not null)
        {
            // The parser's own message may quote the document; the position is enough.
            throw new JsonException($"it is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}");
        }
    }

    // Counted before a document is made, whose index has 12 bytes for each.
    private static bool HasTooManyTokens(ReadOnlySpan<byte> json)
    {
        if (json.Length <= MaxTokens)
            return false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth.MaxDepth });
        var tokens = 0;
        while (tokens <= MaxTokens && reader.Read())
            tokens++;
        return tokens > MaxTokens;
    }
}
