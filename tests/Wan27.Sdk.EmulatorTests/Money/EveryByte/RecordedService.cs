using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Wan27.Sdk.EmulatorTests.Money.EveryByte;

/// <summary>
/// Recorded answers, one of which breaks off. At which byte, the id says under which the client asks: <c>byte-0123</c>. Each id's first
/// request of the kind that shall break meets the fault; all that follow are answered whole.
/// </summary>
internal sealed class RecordedService : IAsyncDisposable
{
    private readonly string breaks;
    private readonly bool reset;
    private readonly ConcurrentDictionary<string, int> met = new();
    private readonly RawServer server;

    public RecordedService(string breaks, bool reset, bool hasLog)
    {
        (this.breaks, this.reset, HasLog) = (breaks, reset, hasLog);
        server = new RawServer(Answer);
    }

    public bool HasLog { get; }

    public Uri Address => server.Address;

    public static int PostLength => Post(IdOf(0)).Length;

    public static int PostHeadLength => HeadLength(Post(IdOf(0)));

    public static int GetLength => Get(IdOf(0)).Length;

    public static string IdOf(int offset) => string.Create(CultureInfo.InvariantCulture, $"byte-{offset:0000}");

    public int CompleteSubmissions(string id) => server.Requests.Count(request => request is { Method: "POST", IsBodyComplete: true } && NameOf(request) == id);

    public int Reads(string id) => server.Requests.Count(request => request.Method == "GET" && NameOf(request) == id);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private RawReply Answer(RawRequest request)
    {
        if (request.Target.StartsWith("/v2/logs", StringComparison.Ordinal))
            return RawReply.Json($$$"""{"data":[{{{(HasLog ? Rows() : "")}}}],"pagination":{"limit":100,"offset":0,"total":0,"has_more":false}}""");
        var id = NameOf(request)!;
        var whole = request.Method == "POST" ? Post(id) : Get(id);
        if (request.Method != breaks || met.AddOrUpdate(id, 1, (_, times) => times + 1) > 1)
            return new RawReply(whole);
        return new RawReply(whole.AsMemory(0, int.Parse(id[5..], CultureInfo.InvariantCulture)), reset);
    }

    private string Rows() => string.Join(',', met.Keys.Select(id => $$"""{"client_request_id":"{{id}}","inference_id":"{{id}}","model":"alibaba/wan-2-7-t2v"}"""));

    private static string? NameOf(RawRequest request) => request.Header("X-Client-Request-Id") ?? request.Target.Split("generation_id=").ElementAtOrDefault(1);

    private static int HeadLength(byte[] answer) => answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4;

    private static byte[] Post(string id) => Recorded(
        "201 Created",
        id,
        $$$$"""{"id":"{{{{id}}}}","status":"queued","video":null,"error":null,"meta":{"usage":{"credits_used":1300000,"usd_spent":0.65}}}""");

    private static byte[] Get(string id) => Recorded(
        "200 OK",
        id,
        $$$"""{"id":"{{{id}}}","status":"completed","video":{"url":"https://cdn.example/generations/w/{{{id}}}.mp4"},"error":null,"meta":null}""");

    private static byte[] Recorded(string status, string id, string body) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Type: application/json; charset=utf-8\r\nDate: {TimeProvider.System.GetUtcNow():r}\r\n"
        + $"x-inference-id: {id}\r\nx-client-request-id: {id}\r\nx-aimlapi-credits-used: 1300000\r\nContent-Length: {body.Length}\r\n"
        + $"Connection: close\r\n\r\n{body}");
}
