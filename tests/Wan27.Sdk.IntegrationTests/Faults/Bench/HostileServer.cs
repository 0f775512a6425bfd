using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Wan27.Sdk.IntegrationTests.Download;

namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>The service and the file host on one socket. It works correctly until a row configures a fault.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    public const string Signature = "canary-of-the-signature";
    public const string Tag = "\"video\"";

    private readonly ConnectionListener listener;
    private readonly ConcurrentQueue<RawRequest> requests = new();
    private readonly ConcurrentDictionary<string, int> accepted = new();

    private readonly FaultClock clock;
    private readonly X509Certificate2? certificate;

    public HostileServer(FaultClock clock, X509Certificate2? certificate = null)
    {
        (this.clock, this.certificate) = (clock, certificate);
        listener = new ConnectionListener(ServeAsync);
    }

    public static byte[] Video { get; } = TestSupport.TestVideo.Of(50_000);

    public Uri Address => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{listener.Port}/");

    /// <summary>Every request whose headers arrived, in order.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. requests];

    public IEnumerable<RawRequest> Reads => Requests.Where(request => request.Target.StartsWith("/v2/video/generations?", StringComparison.Ordinal));

    public int Connections => listener.Connections;

    /// <summary>The most complete requests for one video, without those that were rejected with 429 and no id of a generation.</summary>
    public int CompleteSubmissions => accepted.Values.DefaultIfEmpty().Max();

    /// <summary>The number of videos that were bought.</summary>
    public int Videos => accepted.Count;

    /// <summary>Whether accepted generations are in the log.</summary>
    public bool KeepsLog { get; set; } = true;

    /// <summary>The bytes that the client has read.</summary>
    public WatchedReads ClientReads { get; } = new();

    /// <summary>Is released when the client has received the headers of a response. Only then may time pass in its body.</summary>
    public SemaphoreSlim HeadSeen { get; } = new(0);

    /// <summary>The reply in place of the response; null leaves it unchanged.</summary>
    public Func<RawRequest, Reply?> Replacement { get; set; } = _ => null;

    /// <summary>Whether connections are reset as soon as they are opened.</summary>
    public bool ResetsConnections { get; set; }

    /// <summary>How a paid request is interrupted as soon as it begins.</summary>
    public Ending? BreaksSubmissions { get; set; }

    /// <summary>The replies to a paid request, in order.</summary>
    public static Reply Created(string clientRequestId) => Reply.Json(
        $$"""{"id":"{{GenerationOf(clientRequestId)}}","status":"queued","video":null,"error":null}""",
        201,
        $"x-inference-id: {GenerationOf(clientRequestId)}",
        $"x-client-request-id: {clientRequestId}");

    /// <summary>The replies to a read, in order.</summary>
    public Reply Completed(string id) =>
        Reply.Json($$$"""{"id":"{{{id}}}","status":"completed","video":{"url":"{{{Address}}}video/{{{id}}}.mp4?signature={{{Signature}}}"},"error":null}""");

    public static string GenerationOf(string clientRequestId) => $"generation-of-{clientRequestId}";

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var _ = socket;
            if (ResetsConnections)
            {
                socket.LingerState = new LingerOption(true, 0);
                return;
            }

            if (BreaksSubmissions is { } ending && await IsSubmissionAsync(socket) && !await GoesOnAsync(ending, socket, Stream.Null, sent: 0))
                return;
            var stream = await OpenAsync(new NetworkStream(socket));
            var sent = 0L;
            while (await RawRequest.ReadAsync(stream, listener.Stopping) is { } request)
            {
                requests.Enqueue(request);
                if (request.Method != "NOT HTTP" && !request.IsBodyComplete)
                    return;
                var reply = Respond(request);
                while (HeadSeen.Wait(0))
                    continue;
                await stream.WriteAsync(reply.Bytes, listener.Stopping);
                sent += reply.Bytes.Length;
                if (reply is { Status: > 0, IsSlow: true })
                    await HeadSeen.WaitAsync(listener.Stopping);
                while (!reply.Repeated.IsEmpty && !clock.Advance(reply.Interval))
                    await stream.WriteAsync(reply.Repeated, listener.Stopping);
                if (!await GoesOnAsync(reply.Ending, socket, stream, sent))
                    return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // The client closed the connection, or the server stops.
        }
    }

    private async Task<bool> GoesOnAsync(Ending ending, Socket socket, Stream stream, long sent)
    {
        switch (ending)
        {
            case Ending.Open:
                return true;
            case Ending.Reset:
                socket.LingerState = new LingerOption(true, 0);
                return false;
            case Ending.Stall or Ending.Hold:
                if (ending is Ending.Stall)
                {
                    // What was sent is read first: a timeout that fired beside it would not be an idle timeout, and none would follow.
                    if (sent > 0)
                        await ClientReads.WantsMoreAsync(((IPEndPoint)socket.RemoteEndPoint!).Port, sent, listener.Stopping);
                    clock.TriggerTimeout();
                }

                if (stream == Stream.Null)
                    await Task.Delay(Timeout.Infinite, listener.Stopping);
                _ = await stream.ReadAsync(new byte[1], listener.Stopping);
                return false;
            default:
                socket.Shutdown(SocketShutdown.Both);
                return false;
        }
    }

    private async Task<bool> IsSubmissionAsync(Socket socket)
    {
        var first = new byte[1];
        return await socket.ReceiveAsync(first, SocketFlags.Peek, listener.Stopping) == 1 && first[0] == 'P';
    }

    private async Task<Stream> OpenAsync(Stream stream)
    {
        if (certificate is null)
            return stream;
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, listener.Stopping);
        return secure;
    }

    private Reply Respond(RawRequest request)
    {
        var reply = Replacement(request) ?? InOrder(request);
        if (request.Method == "POST" && !reply.TurnsAway)
            _ = accepted.AddOrUpdate(request.Header("X-Client-Request-Id")!, 1, (_, times) => times + 1);
        return reply;
    }

    private Reply InOrder(RawRequest request) => request.Target.Split('?', '/') switch
    {
        _ when request.Method == "POST" => Created(request.Header("X-Client-Request-Id")!),
        [_, "v2", "logs", ..] => Log(),
        [_, "v2", "billing"] => Reply.Json("""{"current_balance":12.5,"currency":"USD"}"""),
        [_, "video", ..] => VideoFrom(request),
        _ => Completed(Uri.UnescapeDataString(request.Target.Split("generation_id=")[^1])),
    };

    private Reply Log()
    {
        var rows = KeepsLog ? accepted.Keys.Select(id => $$"""{"client_request_id":"{{id}}","inference_id":"{{GenerationOf(id)}}"}""") : [];
        return Reply.Json($$$"""{"data":[{{{string.Join(',', rows)}}}],"pagination":{"has_more":false}}""");
    }

    private static Reply VideoFrom(RawRequest request)
    {
        if (request.Header("Range")?.Split('=', '-') is not [_, var first, ""])
            return Reply.Of(200, Video, $"ETag: {Tag}");
        var offset = int.Parse(first, System.Globalization.CultureInfo.InvariantCulture);
        return Reply.Of(206, Video.AsMemory(offset), $"ETag: {Tag}", $"Content-Range: bytes {offset}-{Video.Length - 1}/{Video.Length}");
    }
}
