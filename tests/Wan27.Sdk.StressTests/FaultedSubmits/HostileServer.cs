using System.Net;
using System.Text;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>
/// A service and its connection that fail in every way of the table of faults for one logical submission, and record in a ledger what
/// really happened. It replaces the sockets below the client's innermost handler.
/// </summary>
internal sealed partial class HostileServer(Random random, VirtualClock clock, TimeSpan deadline, ServerBehavior behavior) : HttpMessageHandler
{
    private DateTimeOffset latestPost;

    public ServerLedger Ledger { get; } = new();

    /// <summary>Whether generations that could not be read can be read now.</summary>
    public bool IsRecovered { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
            return SubmitAsync(request, cancellationToken);
        return request.RequestUri!.AbsolutePath == "/v2/logs"
            ? ReadAsync(() => Log(request.RequestUri.Query), cancellationToken)
            : ReadAsync(() => Generation(request.RequestUri.Query), cancellationToken);
    }

    private bool Toss() => random.Next(2) == 0;

    private int Among(params int[] choices) => choices[random.Next(choices.Length)];

    private HttpResponseMessage Respond(int status, string body, string contentType = "application/json")
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        if (behavior.SendsDate)
            response.Headers.Date = clock.GetUtcNow() + behavior.ClockSkew;
        return response;
    }

    private static HttpRequestException Broken(string message, HttpRequestError error = HttpRequestError.Unknown) =>
        new(error, message, new IOException(message));
}
