using System.Net;
using System.Security.Authentication;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Transport;

/// <summary>One HTTP attempt at a time, from a new request to an answer read whole or as far as it came. Retries nothing.</summary>
internal sealed class ApiConnection(
    HttpClients clients, bool isKeyProvided, Uri baseAddress, TimeSpan attemptTimeout, ClientTelemetry telemetry, TimeProvider time)
{
    public const string GenerationsPath = "/v2/video/generations";

    private volatile ApiKey? latestKey;

    /// <summary>The key last used, for taking it out of a server's words.</summary>
    public string? Key => latestKey?.Reveal();

    /// <summary>Reads something; once more where the key was refused and its provider may give another by now.</summary>
    /// <exception cref="WanConnectionException">No answer came.</exception>
    /// <exception cref="WanApiKeyException">There is no key.</exception>
    public async Task<ApiAnswer> GetAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        var answer = await GetOnceAsync(pathAndQuery, cancellationToken).ConfigureAwait(false);
        return isKeyProvided && answer.Head.StatusCode is HttpStatusCode.Unauthorized
            ? await GetOnceAsync(pathAndQuery, cancellationToken).ConfigureAwait(false)
            : answer;
    }

    /// <summary>Sends the paid request once. What happened is told by the attempt, which is set before anything is sent.</summary>
    /// <exception cref="WanConnectionException">No answer came.</exception>
    /// <exception cref="WanApiKeyException">There is no key.</exception>
    /// <exception cref="WanMediaException">Local media could not be sent; the request is incomplete.</exception>
    public async Task<ApiAnswer> PostAsync(
        RequestBody body, string clientRequestId, IProgress<UploadProgress>? progress, Action<WireAttempt> begun, CancellationToken cancellationToken)
    {
        var sent = 0L;
        using var silence = new CancellationTokenSource(attemptTimeout, time);
        using var request = new HttpRequestMessage(HttpMethod.Post, Absolute(GenerationsPath));
        request.Headers.TryAddWithoutValidation("X-Client-Request-Id", clientRequestId);
        var attempt = WireAttempt.Begin(request, SingleUseContent.Json(body, Sent), clients.Unguarded is null);
        begun(attempt);
        return await SendAsync(request, attempt, silence, cancellationToken).ConfigureAwait(false);

        void Sent(long bytes)
        {
            silence.CancelAfter(attemptTimeout);
            progress?.Report(new UploadProgress(bytes, body.Length));
            telemetry.Sent(bytes - sent);
            sent = bytes;
        }
    }

    // The transport is kept from re-sending by itself, so that attempts are what we count.
    private async Task<ApiAnswer> GetOnceAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(attemptTimeout, time);
        using var request = new HttpRequestMessage(HttpMethod.Get, Absolute(pathAndQuery));
        var attempt = WireAttempt.Begin(request, SingleUseContent.Empty(), clients.Unguarded is null);
        return await SendAsync(request, attempt, silence, cancellationToken).ConfigureAwait(false);
    }

    private Uri Absolute(string pathAndQuery) => new(baseAddress.AbsoluteUri.TrimEnd('/') + pathAndQuery);

    private async Task<ApiAnswer> SendAsync(
        HttpRequestMessage request, WireAttempt attempt, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var (method, uri) = (request.Method, request.RequestUri!);
        try
        {
            telemetry.Sending(request);
            // Where a caller's HttpClient leaves no place for our innermost handler, the key goes on here.
            if (clients.Unguarded is { } credentials)
                await credentials.ApplyToAsync(request, either.Token).ConfigureAwait(false);
            using var response = await clients.Api().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (request.Method != method)
                throw new ReplayRefusedException();
            attempt.Head = AnswerHead.Of(response);
            telemetry.Answered(request, response);
            var answer = await AnswerBody.ReadAsync(response, either.Token).ConfigureAwait(false);
            LogContent(answer, attempt);
            cancellationToken.ThrowIfCancellationRequested();
            return answer;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (attempt.Phase is SubmissionPhase.NotSent && Causes(e).OfType<WanApiKeyException>().FirstOrDefault() is { } noKey)
        {
            throw noKey;
        }
        catch (Exception) when (attempt.MediaFault is { } fault)
        {
            throw fault;
        }
        catch (Exception) when (attempt.Head is { } head)
        {
            return new ApiAnswer(head, default, "was lost by a handler around the client");
        }
        catch (Exception e)
        {
            throw Unanswered(e, $"{method} {uri.Host}{uri.AbsolutePath}", silence.IsCancellationRequested);
        }
        finally
        {
            latestKey = attempt.Key ?? latestKey;
        }
    }

    private void LogContent(ApiAnswer answer, WireAttempt attempt)
    {
        if (telemetry.LogsContent)
            telemetry.AnswerContent(answer.Head.StatusCode, ServerWords.Print(answer.Body.Span, attempt.Key?.Reveal()));
    }

    private WanConnectionException Unanswered(Exception e, string what, bool isSilence)
    {
        var isTls = Causes(e).Any(cause => cause is AuthenticationException)
            || e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
        var reason = isSilence ? $"silent for {attemptTimeout.TotalSeconds} s"
            : isTls ? "the TLS handshake or the server's certificate failed"
            : e is ObjectDisposedException ? "the client was disposed"
            : e is OperationCanceledException ? "a timeout of the HttpClient or of a handler around the client"
            : e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString()
            : e.GetType().Name;
        telemetry.Unanswered(what, reason);
        return new WanConnectionException($"No answer to {what}: {reason}.", e) { IsTlsFailure = isTls, IsDisposed = e is ObjectDisposedException };
    }

    private static IEnumerable<Exception> Causes(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
