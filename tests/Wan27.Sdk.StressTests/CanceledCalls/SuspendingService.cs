using System.Net;
using System.Text;

namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>
/// The API and the file host, with a suspension before, inside and after each request and each response. The first response of each
/// kind is a fault, so that the recovery paths run as well.
/// </summary>
internal sealed class SuspendingService(Suspensions suspensions, bool losesResponse) : HttpMessageHandler
{
    public const string GenerationId = "task/1:a";

    private const string Prices =
        $$$"""{"data":[{"id":"{{{ImageToVideoRequest.DefaultModel}}}","pricing":{"kind":"fixed","units":[{"name":"video","price":1.5,"per":1}]}}]}""";

    private readonly Dictionary<string, int> asked = [];
    private int inFlight;
    private int openResponses;

    public int InFlight => Volatile.Read(ref inFlight) + Volatile.Read(ref openResponses);

    /// <summary>Whether the end of a body was handed over that the service has not refused.</summary>
    public bool MayHaveGeneration { get; private set; }

    /// <summary>Whether the headers of an acceptance have been sent.</summary>
    public bool HasReturnedId { get; private set; }

    /// <summary>Whether the generation is finished, however early it is polled.</summary>
    public bool IsFinished { get; set; }

    public string? ClientRequestId { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref inFlight);
        try
        {
            await suspensions.PassAsync("a connection", cancellationToken);
            if (request.Method == HttpMethod.Post)
            {
                var left = request.Content!.Headers.ContentLength;
                ClientRequestId = request.Headers.GetValues("X-Client-Request-Id").Single();
                await request.Content.CopyToAsync(
                    new SuspendingStream("the connection", [], suspensions) { Writing = count => MayHaveGeneration |= (left -= count) == 0 }, cancellationToken);
            }

            await suspensions.PassAsync("a response", cancellationToken);
            return request.Method == HttpMethod.Post ? Submit() : Read(request.RequestUri!);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    private HttpResponseMessage Submit()
    {
        if (Count("submit") == 1)
            return Respond(429, "{}", ended: () => MayHaveGeneration = false);

        if (losesResponse)
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        HasReturnedId = true;
        var response = Respond(201, $$"""{"id":"{{GenerationId}}","status":"queued"}""");
        response.Headers.TryAddWithoutValidation("x-inference-id", GenerationId);
        return response;
    }

    private HttpResponseMessage Read(Uri uri) => (uri.Host, uri.AbsolutePath, Count(uri.Host + uri.AbsolutePath)) switch
    {
        ("cdn.example", _, 1) => Respond(403, ""),
        ("cdn.example", _, 2) => throw new HttpRequestException("Connection reset by peer."),
        ("cdn.example", _, _) => new HttpResponseMessage(HttpStatusCode.OK) { Content = Content(Video.Bytes) },
        (_, _, 1) => Respond(503, "{}"),
        (_, "/v2/billing", _) => Respond(200, """{"current_balance":1,"currency":"USD"}"""),
        (_, "/v1/models", _) => Respond(200, Prices),
        (_, "/v2/logs", 2) => Respond(200, """{"data":[],"pagination":{"has_more":false}}"""),
        (_, "/v2/logs", _) => Respond(200, $$$"""{"data":[{"inference_id":"{{{GenerationId}}}","client_request_id":"{{{ClientRequestId}}}","cost":{"usd":1.5}}]}"""),
        (_, _, 2) when !IsFinished => Respond(200, $$"""{"id":"{{GenerationId}}","status":"generating"}"""),
        _ => Respond(200, $$$"""{"id":"{{{GenerationId}}}","status":"completed","video":{"url":"{{{Video.Address}}}"} }"""),
    };

    private int Count(string what) => asked[what] = asked.GetValueOrDefault(what) + 1;

    private HttpResponseMessage Respond(int status, string body, Action? ended = null) =>
        new((HttpStatusCode)status) { Content = Content(Encoding.UTF8.GetBytes(body), ended) };

    private StreamContent Content(byte[] body, Action? ended = null)
    {
        Interlocked.Increment(ref openResponses);
        return new StreamContent(new SuspendingStream("a response", body, suspensions)
        {
            Closed = () => Interlocked.Decrement(ref openResponses),
            Ended = ended,
        });
    }
}
