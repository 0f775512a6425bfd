using System.Net;
using System.Security.Authentication;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Transport;

/// <summary>One HTTP attempt at a time, from a new request to a response that was read completely or as far as it came. Retries nothing.</summary>
internal sealed class ApiConnection(
    HttpClients clients, bool isKeyProvided, Uri baseAddress, string? userAgent, TimeSpan attemptTimeout, ClientTelemetry telemetry, TimeProvider time)
{
    public const string GenerationsPath = "/v2/video/generations";

    /// <summary>The length in bytes of a body that is sent without waiting for <c>100 Continue</c>: no refusal could save much of it.</summary>
    private const int MaxUnaskedLength = 1024 * 1024;

    private readonly string root = baseAddress.AbsoluteUri.TrimEnd('/');

    /// <summary>What a response must not repeat: the key that its request had, the newest key, and what the caller adds.</summary>
    public Redactor RedactorOf(ApiResponse response, Redactor caller) => caller.With(response.Key?.Reveal(), clients.Credentials.Latest?.Reveal());

    /// <summary>Where to send a request.</summary>
    /// <param name="pathAndQuery">The path, and the query if there is one.</param>
    /// <param name="value">The value at the end of the query, encoded.</param>
    public Uri Address(string pathAndQuery, string value = "") => new(string.Concat(root, pathAndQuery, value));

    /// <summary>Reads something; once more if the key was refused and its provider may give another by now.</summary>
    /// <exception cref="WanConnectionException">No response arrived.</exception>
    /// <exception cref="WanConfigurationException">There is no key.</exception>
    public async ValueTask<ApiResponse> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var response = await GetOnceAsync(address, cancellationToken).ConfigureAwait(false);
        if (!isKeyProvided || response.Head.StatusCode is not HttpStatusCode.Unauthorized)
            return response;
        response.Dispose();
        return await GetOnceAsync(address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends the paid request at most once. When this returns, nothing of the request can be sent any more. A large body waits up to one second, the
    /// default of .NET, for the service to ask for it: a refusal then arrives before the upload.
    /// </summary>
    /// <exception cref="WanValidationException">Local media could not be sent; the request is incomplete.</exception>
    public async Task<PostResult> PostAsync(
        RequestBody body, string clientRequestId, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var result = await PostOnceAsync(body, clientRequestId, body.Length > MaxUnaskedLength, progress, cancellationToken).ConfigureAwait(false);
        if (result is not { Response.Head.StatusCode: HttpStatusCode.ExpectationFailed, IsBodySent: false })
            return result;
        result.Dispose();
        return await PostOnceAsync(body, clientRequestId, waitsToBeAsked: false, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PostResult> PostOnceAsync(
        RequestBody body, string clientRequestId, bool waitsToBeAsked, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var (sent, began) = (0L, time.GetTimestamp());
        using var limit = new TimeLimit(attemptTimeout, time, cancellationToken);
        using var request = new ApiRequest(HttpMethod.Post, Address(GenerationsPath));
        request.Headers.TryAddWithoutValidation("X-Client-Request-Id", clientRequestId);
        if (waitsToBeAsked)
            request.Headers.ExpectContinue = true;
        var attempt = SendAttempt.Begin(request, SingleUseContent.Json(body, OnSent), clients.IsGuarded);
        try
        {
            var response = await SendAsync(request, attempt, limit.Token, cancellationToken).ConfigureAwait(false);
            return new PostResult(response, null, attempt.Phase, attempt.IsBodySent, response.Head);
        }
        catch (Exception e) when (e is WanConnectionException or WanConfigurationException or OperationCanceledException)
        {
            return new PostResult(null, e, attempt.Phase, attempt.IsBodySent, attempt.Head);
        }

        void OnSent(long bytes)
        {
            limit.Restart(attemptTimeout);
            if (progress is not null)
                telemetry.Report(progress, TransferProgress.After(time.GetElapsedTime(began), bytes, bytes, body.Length));
            telemetry.Sent(bytes - sent);
            sent = bytes;
        }
    }

    // Inside a caller's HttpClient, a read too is sent once: nothing there may follow a redirect with it.
    private async ValueTask<ApiResponse> GetOnceAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(attemptTimeout, time, cancellationToken);
        using var request = new ApiRequest(HttpMethod.Get, address);
        var attempt = clients.IsGuarded ? null : SendAttempt.Begin(request, SingleUseContent.Empty(), clients.IsGuarded);
        return await SendAsync(request, attempt, limit.Token, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ApiResponse> SendAsync(
        HttpRequestMessage request, SendAttempt? attempt, CancellationToken limit, CancellationToken cancellationToken)
    {
        var (method, uri) = (request.Method, request.RequestUri!);
        try
        {
            UserAgent.AddTo(request, userAgent);
            telemetry.Sending(request);
            // An HttpClient of the application has no innermost handler of this library, so that the key is added here.
            if (!clients.IsGuarded)
                _ = await clients.Credentials.ApplyToAsync(request, asCopy: false, limit).ConfigureAwait(false);
            using var httpResponse = await Client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit).ConfigureAwait(false);
            if (request.Method != method)
                throw new ReplayRefusedException();
            var head = ApiResponseHeaders.Of(httpResponse);
            if (attempt is not null)
                attempt.Head = head;
            telemetry.Answered(request, httpResponse);
            var response = await ResponseBody.ReadAsync(httpResponse, head, limit).ConfigureAwait(false) with { Key = clients.Credentials.KeyOf(httpResponse.RequestMessage ?? request) };
            LogContent(response);
            // A complete response is used, even if the caller canceled meanwhile: it may name a paid generation.
            if (response.Fault is not null)
                cancellationToken.ThrowIfCancellationRequested();
            attempt?.Seal();
            return response;
        }
        catch (Exception e)
        {
            attempt?.Seal();
            if (cancellationToken.IsCancellationRequested && e is OperationCanceledException)
                throw new OperationCanceledException(cancellationToken);
            if (attempt is null or { Phase: SubmissionPhase.NotSent } && TransportFault.Causes(e).OfType<WanException>().FirstOrDefault(IsOurs) is { } fault)
                throw fault;
            if (attempt?.MediaFault is { } mediaFault)
                throw mediaFault;
            if (attempt?.Head is { } head)
                return new ApiResponse(head, default, "was lost by a handler around the client") { Key = clients.Credentials.KeyOf(request) };
            var isUnsent = method == HttpMethod.Post && attempt is { Phase: SubmissionPhase.NotSent };
            throw Unanswered(e, $"{method} {uri.Authority}{uri.AbsolutePath}", limit.IsCancellationRequested, isUnsent);
        }

        static bool IsOurs(WanException e) => e is WanConfigurationException or WanConnectionException;
    }

    // The container creates the application's handlers when a client is requested.
    private HttpClient Client()
    {
        try
        {
            return clients.Api();
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw new WanConnectionException($"The HTTP client could not be created: {e.Message}", e) { IsUnusable = true };
        }
    }

    private void LogContent(ApiResponse response)
    {
        if (telemetry.LogsContent)
            telemetry.ResponseContent(response.Head.StatusCode, RedactorOf(response, Redactor.None).Print(response.Body.Span));
    }

    private WanConnectionException Unanswered(Exception e, string what, bool isTimeout, bool isUnsent)
    {
        var isDisposed = clients.IsDisposed || e is ObjectDisposedException;
        // A handshake that is merely interrupted is no such failure: it may well succeed a moment later.
        var isTls = TransportFault.Causes(e).Any(cause => cause is AuthenticationException);
        var reason = isDisposed ? "the client was disposed"
            : isTimeout ? $"nothing was received for {attemptTimeout.TotalSeconds} s"
            : isTls ? "the service's certificate is not valid, or it does not support TLS"
            : TransportFault.IsOfProxy(e) ? "the proxy did not connect to the service"
            : e is OperationCanceledException ? "a timeout of the connection, of the HttpClient or of a handler around the client"
            : e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString()
            : e.GetType().Name;
        telemetry.Unanswered(what, reason);
        var consequence = isUnsent ? " Nothing was submitted." : "";
        return new WanConnectionException($"No response to {what}: {reason}.{consequence}", TransportFault.Sanitize(e)) { IsTlsFailure = isTls, IsUnusable = isDisposed };
    }
}
