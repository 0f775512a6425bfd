using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Words;

namespace Wan27.Sdk.Transport;

/// <summary>One HTTP attempt at a time, from a new request to an answer read whole or as far as it came. Retries nothing.</summary>
internal sealed class ApiConnection(
    HttpClients clients, bool isKeyProvided, Uri baseAddress, TimeSpan attemptTimeout, ClientTelemetry telemetry, TimeProvider time)
{
    public const string GenerationsPath = "/v2/video/generations";

    private readonly string root = baseAddress.AbsoluteUri.TrimEnd('/');

    /// <summary>What must not be repeated from an answer: the key that its request bore, the newest, and what the caller adds.</summary>
    public string?[] SecretsOf(ApiAnswer answer, params ReadOnlySpan<string?> others) => [answer.Key?.Reveal(), clients.Credentials.Latest?.Reveal(), .. others];

    /// <summary>Where to send a request.</summary>
    /// <param name="pathAndQuery">The path, and the query if there is one.</param>
    /// <param name="value">The value at the end of the query, as it may be written there.</param>
    public Uri Address(string pathAndQuery, string value = "") => new(string.Concat(root, pathAndQuery, value));

    /// <summary>Reads something; once more where the key was refused and its provider may give another by now.</summary>
    /// <exception cref="WanConnectionException">No answer came.</exception>
    /// <exception cref="WanApiKeyException">There is no key.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ApiAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var answer = await GetOnceAsync(address, cancellationToken).ConfigureAwait(false);
        if (!isKeyProvided || answer.Head.StatusCode is not HttpStatusCode.Unauthorized)
            return answer;
        answer.Dispose();
        return await GetOnceAsync(address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the paid request once. What happened is told by the attempt, which is set before anything is sent.</summary>
    /// <exception cref="WanConnectionException">No answer came.</exception>
    /// <exception cref="WanApiKeyException">There is no key.</exception>
    /// <exception cref="WanMediaException">Local media could not be sent; the request is incomplete.</exception>
    public async Task<ApiAnswer> PostAsync(
        RequestBody body, string clientRequestId, IProgress<TransferProgress>? progress, Action<WireAttempt> begun, CancellationToken cancellationToken)
    {
        var (sent, began) = (0L, time.GetTimestamp());
        using var limit = TimeLimit.Begin(attemptTimeout, time, cancellationToken);
        using var request = new ApiRequest(HttpMethod.Post, Address(GenerationsPath));
        request.Headers.TryAddWithoutValidation("X-Client-Request-Id", clientRequestId);
        var attempt = WireAttempt.Begin(request, SingleUseContent.Json(body, Sent), clients.IsGuarded);
        begun(attempt);
        return await SendAsync(request, attempt, limit.Token, cancellationToken).ConfigureAwait(false);

        void Sent(long bytes)
        {
            limit.Restart(attemptTimeout);
            progress?.Report(TransferProgress.After(time.GetElapsedTime(began), bytes, bytes, body.Length));
            telemetry.Sent(bytes - sent);
            sent = bytes;
        }
    }

    // Inside a caller's HttpClient, a read too is let out once: nothing there may follow a redirect with it.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ApiAnswer> GetOnceAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = TimeLimit.Begin(attemptTimeout, time, cancellationToken);
        using var request = new ApiRequest(HttpMethod.Get, address);
        var attempt = clients.IsGuarded ? null : WireAttempt.Begin(request, SingleUseContent.Empty(), clients.IsGuarded);
        return await SendAsync(request, attempt, limit.Token, cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ApiAnswer> SendAsync(
        HttpRequestMessage request, WireAttempt? attempt, CancellationToken limit, CancellationToken cancellationToken)
    {
        var (method, uri) = (request.Method, request.RequestUri!);
        var client = Client();
        try
        {
            telemetry.Sending(request);
            // Where a caller's HttpClient leaves no place for our innermost handler, the key goes on here.
            if (!clients.IsGuarded)
                _ = await clients.Credentials.ApplyToAsync(request, asCopy: false, limit).ConfigureAwait(false);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit).ConfigureAwait(false);
            if (request.Method != method)
                throw new ReplayRefusedException();
            var head = AnswerHead.Of(response);
            if (attempt is not null)
                attempt.Head = head;
            telemetry.Answered(request, response);
            var answer = await AnswerBody.ReadAsync(response, head, limit).ConfigureAwait(false) with { Key = clients.Credentials.KeyOf(response.RequestMessage ?? request) };
            LogContent(answer);
            cancellationToken.ThrowIfCancellationRequested();
            return answer;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (attempt is null or { Phase: SubmissionPhase.NotSent } && Causes(e).OfType<WanApiKeyException>().FirstOrDefault() is { } noKey)
        {
            throw noKey;
        }
        catch (Exception) when (attempt?.MediaFault is { } fault)
        {
            throw fault;
        }
        catch (Exception) when (attempt?.Head is { } head)
        {
            return new ApiAnswer(head, default, "was lost by a handler around the client") { Key = clients.Credentials.KeyOf(request) };
        }
        catch (Exception e)
        {
            throw Unanswered(e, $"{method} {uri.Authority}{uri.AbsolutePath}", limit.IsCancellationRequested);
        }
    }

    // The container makes the host's handlers when a client is asked for.
    private HttpClient Client()
    {
        try
        {
            return clients.Api();
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw new WanConnectionException($"The HTTP client could not be made: {e.Message}", e) { IsUnusable = true };
        }
    }

    private void LogContent(ApiAnswer answer)
    {
        if (telemetry.LogsContent)
            telemetry.AnswerContent(answer.Head.StatusCode, ServerWords.Print(answer.Body.Span, SecretsOf(answer)));
    }

    private WanConnectionException Unanswered(Exception e, string what, bool isSilence)
    {
        // A handshake that merely breaks off is no such failure: it may well succeed a moment later.
        var isTls = Causes(e).Any(cause => cause is AuthenticationException);
        var reason = isSilence ? $"silent for {attemptTimeout.TotalSeconds} s"
            : isTls ? "the server's certificate does not hold, or it speaks no TLS"
            : e is ObjectDisposedException ? "the client was disposed"
            : e is OperationCanceledException ? "a timeout of the connection, of the HttpClient or of a handler around the client"
            : e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString()
            : e.GetType().Name;
        telemetry.Unanswered(what, reason);
        return new WanConnectionException($"No answer to {what}: {reason}.", e) { IsTlsFailure = isTls, IsUnusable = e is ObjectDisposedException };
    }

    private static IEnumerable<Exception> Causes(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
