namespace Wan27.Sdk.Transport;

/// <summary>
/// The last handler before the transport, below the handlers of the application: lets a request through once, adds the key for the API's
/// origin only, and keeps the response headers in case that a handler above loses them.
/// </summary>
internal sealed class SendOnceHandler(Credentials credentials, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    /// <summary>
    /// Whether there is no handler of the application above. One may send a request several times at once, and alter it meanwhile: only copies go out,
    /// unless it is known that there is none.
    /// </summary>
    public Func<bool> IsAlone { get; init; } = () => false;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Get ? ReadAsync(request, cancellationToken)
        : SendAttempt.Of(request) is { } attempt ? SendOnceAsync(request, attempt, cancellationToken)
        : throw new ReplayRefusedException();

    private async Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await ForwardAsync(await credentials.ApplyToAsync(request, !IsAlone(), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, SendAttempt attempt, CancellationToken cancellationToken)
    {
        request = await credentials.ApplyToAsync(request, !IsAlone(), cancellationToken).ConfigureAwait(false);
        await attempt.EnterWireAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await ForwardAsync(request, cancellationToken).ConfigureAwait(false);
            attempt.Head = ApiResponseHeaders.Of(response);
            return response;
        }
        finally
        {
            attempt.LeaveWire();
        }
    }

    // The application's handlers and the framework's log see no message that quotes what was received.
    private async Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw TransportFault.Sanitize(e);
        }
    }
}
