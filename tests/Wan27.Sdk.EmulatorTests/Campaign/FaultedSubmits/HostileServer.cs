using System.Net;
using System.Text;

namespace Wan27.Sdk.EmulatorTests.Campaign.FaultedSubmits;

/// <summary>
/// A service, and the way to it, that go wrong in every way of the fault table around one logical submission, and keep a ledger of
/// what really happened. It stands in for the sockets, below the client's innermost handler.
/// </summary>
internal sealed partial class HostileServer(Random random, VirtualClock clock, TimeSpan deadline, ServerHabits habits) : HttpMessageHandler
{
    private DateTimeOffset latestPost;

    public ServerLedger Ledger { get; } = new();

    /// <summary>Whether what could not be read can be.</summary>
    public bool IsHealed { get; set; }

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

    private HttpResponseMessage Answer(int status, string body, string contentType = "application/json")
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        if (habits.TellsTime)
            answer.Headers.Date = clock.GetUtcNow() + habits.ClockSkew;
        return answer;
    }

    private static HttpRequestException Broken(string message, HttpRequestError error = HttpRequestError.Unknown) =>
        new(error, message, new IOException(message));
}
