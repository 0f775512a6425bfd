using System.IO.Pipelines;
using System.Net.Sockets;
using Wan27.Sdk.Emulator.Media;

namespace Wan27.Sdk.Emulator.Http;

/// <summary>The body of a request, up to its end or to the byte at which the client disconnected.</summary>
internal sealed record RequestBody(
    long Length, bool IsComplete, bool IsTooLarge, ReadOnlyMemory<byte> Text, IReadOnlyDictionary<string, InlineMedia> Media)
{
    /// <summary>Gets the body of a request that is rejected by its headers.</summary>
    public static RequestBody Unread { get; } = new(0, false, false, default, new Dictionary<string, InlineMedia>());

    public bool IsUnread => ReferenceEquals(this, Unread);

    public static async Task<RequestBody> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        using var extractor = new InlineMediaExtractor();
        var length = 0L;
        var isComplete = false;
        try
        {
            while (!isComplete)
            {
                var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                foreach (var segment in read.Buffer)
                    extractor.Append(segment.Span);
                length += read.Buffer.Length;
                isComplete = read.IsCompleted;
                reader.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The client disconnected before the end of the body, so the request is incomplete.
        }

        return new RequestBody(length, isComplete, extractor.IsTooLarge, extractor.Text, extractor.Media);
    }
}
