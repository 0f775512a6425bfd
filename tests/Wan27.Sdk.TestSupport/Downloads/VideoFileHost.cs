using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace Wan27.Sdk.TestSupport;

/// <summary>A host of one video: it responds according to RFC 9110, unless a test has queued another response.</summary>
internal sealed class VideoFileHost(byte[] video, DownloadClock clock) : HttpMessageHandler
{
    public delegate HttpResponseMessage Reply(HttpRequestMessage request);

    private long sent;

    public byte[] Video { get; set; } = video;

    public string? Tag { get; set; } = "\"v1\"";

    /// <summary>Whether responses state that the host serves ranges.</summary>
    public bool AcceptsRanges { get; set; }

    public DateTimeOffset? LastModified { get; set; }

    public Queue<Reply> Replies { get; } = new();

    public ConcurrentQueue<(Uri Uri, long? From, string? IfRange, string Headers)> Requests { get; } = new();

    /// <summary>The number of bytes of the video that were sent.</summary>
    public long Sent => Volatile.Read(ref sent);

    public IEnumerable<long?> Starts => Requests.Select(request => request.From);

    /// <summary>The usual response, whose body ends after some bytes.</summary>
    public Reply Cut(int after, BodyEnding ending = BodyEnding.Break) => request => Serve(request, after, ending);

    public static Reply Status(HttpStatusCode status, Action<HttpResponseMessage>? change = null) => _ =>
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        change?.Invoke(response);
        return response;
    };

    /// <summary>The complete video from its beginning, or other content in its place, whatever range was requested.</summary>
    public Reply Complete(byte[]? content = null, bool hasLength = true, Action<HttpResponseMessage>? change = null) => _ =>
    {
        var response = Respond(HttpStatusCode.OK, content ?? Video, BodyEnding.Complete, hasLength ? (content ?? Video).Length : null);
        change?.Invoke(response);
        return response;
    };

    public HttpResponseMessage Serve(HttpRequestMessage request, int after = int.MaxValue, BodyEnding ending = BodyEnding.Complete)
    {
        if (request.Headers.IfUnmodifiedSince < LastModified)
            return Status(HttpStatusCode.PreconditionFailed)(request);
        var from = request.Headers.IfRange is { } condition && condition.ToString() != Tag ? 0 : (int)(From(request) ?? 0);
        if (from > 0 && from >= Video.Length)
        {
            return Status(HttpStatusCode.RequestedRangeNotSatisfiable, response =>
                response.Content.Headers.ContentRange = new ContentRangeHeaderValue(Video.Length))(request);
        }

        var bytes = Video.AsMemory(from, Math.Min(Video.Length - from, after));
        var response = Respond(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK, bytes, ending, Video.Length - from);
        if (from > 0)
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, Video.Length - 1, Video.Length);
        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue((request.RequestUri!, From(request), request.Headers.IfRange?.ToString(), request.Headers.ToString()));
        var response = Replies.TryDequeue(out var reply) ? reply(request) : Serve(request);
        response.RequestMessage = request;
        return Task.FromResult(response);
    }

    private static long? From(HttpRequestMessage request) => request.Headers.Range?.Ranges.Single().From;

    private HttpResponseMessage Respond(HttpStatusCode status, ReadOnlyMemory<byte> bytes, BodyEnding ending, long? length)
    {
        var content = new StreamContent(new VideoBodyStream(bytes, ending, clock, count => Interlocked.Add(ref sent, count)));
        content.Headers.ContentLength = length;
        var response = new HttpResponseMessage(status) { Content = content };
        if (Tag is not null)
            response.Headers.TryAddWithoutValidation("ETag", Tag);
        if (AcceptsRanges)
            response.Headers.AcceptRanges.Add("bytes");
        content.Headers.LastModified = LastModified;
        response.Headers.Date = LastModified + TimeSpan.FromHours(1);
        return response;
    }
}
