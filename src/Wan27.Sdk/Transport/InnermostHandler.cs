namespace Wan27.Sdk.Transport;

/// <summary>
/// The last handler before the transport, whatever handlers a host puts around it: lets a request of ours out once, adds the key for our own
/// origin only, and keeps the head of the answer in case that a handler above loses it.
/// </summary>
internal sealed class InnermostHandler(Credentials credentials, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempt = WireAttempt.Of(request);
        if (attempt is null && request.Method != HttpMethod.Get)
            throw new ReplayRefusedException();
        await credentials.ApplyToAsync(request, cancellationToken).ConfigureAwait(false);
        if (attempt is null)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await attempt.EnterWireAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            attempt.Head = AnswerHead.Of(response);
            return response;
        }
        finally
        {
            attempt.LeaveWire();
        }
    }
}
