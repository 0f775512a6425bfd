using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

// The paid request.
internal sealed partial class HostileServer
{
    private static readonly SubmitFault[] Faults = Enum.GetValues<SubmitFault>();

    private async Task<HttpResponseMessage> SubmitAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Ledger.Posts++;
        latestPost = clock.GetUtcNow();
        var fault = Faults[random.Next(Faults.Length)];
        switch (fault)
        {
            case SubmitFault.ConnectionRefused:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));
            case SubmitFault.NameNotResolved:
                throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known.", new SocketException((int)SocketError.HostNotFound));
            case SubmitFault.ConnectTimeout:
                throw new TaskCanceledException("A connection could not be established within the configured ConnectTimeout.", new TimeoutException());
            case SubmitFault.CertificateRefused:
                throw new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established.", new AuthenticationException());
        }

        await ReceiveAsync(request, fault, cancellationToken);
        var response = await OutcomeAsync(fault, request, cancellationToken);
        latestPost = clock.GetUtcNow();
        return response;
    }

    private async Task ReceiveAsync(HttpRequestMessage request, SubmitFault fault, CancellationToken cancellationToken)
    {
        var length = request.Content!.Headers.ContentLength;
        // Half of the connections that break in the body do so within its last bytes.
        var breaksAfter = fault is not SubmitFault.HalfBody ? long.MaxValue
            : random.Next(2) == 0 ? random.NextInt64(length!.Value) : length!.Value - random.Next(1, 4);
        var sink = new RequestSink(Ledger.BodyBegan, breaksAfter, deliversLast: random.Next(2) == 0);
        await request.Content.CopyToAsync(sink, cancellationToken);
        if (sink.Length == length)
            Ledger.BodyArrived();
        if (fault is not SubmitFault.HalfBody)
            return;
        if (sink.Length == length)
            AcceptOrNot(request);
        throw Broken("Connection reset by peer.");
    }

    private string Accept(HttpRequestMessage request)
    {
        var now = clock.GetUtcNow();
        var accepted = new AcceptedGeneration(
            $"task/{random.NextInt64():x}:{Ledger.Accepted.Count}",
            request.Headers.GetValues("X-Client-Request-Id").Single(),
            now,
            now + behavior.ReadDelay,
            behavior.LogDelay is { } delay ? now + delay : DateTimeOffset.MaxValue);
        Ledger.Accepted.Add(accepted);
        return accepted.Id;
    }

    private string? AcceptOrNot(HttpRequestMessage request) => random.Next(3) > 0 ? Accept(request) : null;

    private async Task<HttpResponseMessage> OutcomeAsync(SubmitFault fault, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case SubmitFault.Reset:
                AcceptOrNot(request);
                throw Broken("Connection reset by peer.");
            case SubmitFault.EndOfStream:
                AcceptOrNot(request);
                throw Broken("The response ended prematurely.", HttpRequestError.ResponseEnded);
            case SubmitFault.Stall:
                AcceptOrNot(request);
                return await NeverAsync<HttpResponseMessage>(cancellationToken);
            case SubmitFault.StreamRefusedAndSentAgain:
                AcceptOrNot(request);
                return await SendAgainAsync(request, cancellationToken);
            default:
                return ResponseTo(fault, request);
        }
    }

    /// <summary>What sockets do after REFUSED_STREAM, or on a connection that died: serialize the same content once more.</summary>
    private async Task<HttpResponseMessage> SendAgainAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            await ReceiveAsync(request, SubmitFault.StreamRefusedAndSentAgain, cancellationToken);
        }
        catch (InvalidOperationException refused)
        {
            Ledger.ReplaysRefused++;
            if (Toss())
                throw;
            throw new HttpRequestException("An error occurred while sending the request.", refused);
        }

        return Accepted(request, Accept(request));
    }

    private async Task<T> NeverAsync<T>(CancellationToken cancellationToken)
    {
        clock.Expire();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("The wait ended without a reason.");
    }

    private HttpResponseMessage BreaksOff(HttpResponseMessage response, bool stalls)
    {
        var beginning = Encoding.UTF8.GetBytes("""{"id":"task""");
        Func<CancellationToken, Task> end = stalls ? NeverAsync<int> : _ => throw new IOException("Connection reset by peer.");
        response.Content = new StreamContent(new InterruptedContent(beginning[..random.Next(beginning.Length)], end));
        return response;
    }
}
