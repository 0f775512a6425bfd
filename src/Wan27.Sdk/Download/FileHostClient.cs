using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Download;

/// <summary>Opens a file on the file host, following redirects by hand: each hop is checked as the first address is.</summary>
internal sealed class FileHostClient(Func<HttpClient> client, DownloadPolicy policy, ClientTelemetry telemetry, string? userAgent = null, CancellationToken disposed = default)
{
    private const int MaxRedirects = 5;

    private static readonly byte[][] ExpiryCodes = [[.. "ExpiredToken"u8], [.. "RequestExpired"u8]];

    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Is canceled when the client is disposed.</summary>
    public CancellationToken Disposed => disposed;

    /// <param name="address">The address of the file.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="tag">The strong tag or date of the file of which the bytes before the offset are; null to take the file from its beginning.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A response with status 200 or 206, or 416 to a request for a range.</returns>
    /// <exception cref="DownloadFaultException">The host refused.</exception>
    /// <exception cref="WanDownloadException">The address is not allowed.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Uri address, long offset, RangeConditionHeaderValue? tag, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            policy.Check(address);
            address = Encode(address);
            var response = await SendAsync(address, offset, tag, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent
                || (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable && offset > 0))
                return response;
            using (response)
            {
                if (response.StatusCode is HttpStatusCode.BadRequest && await IsExpiredAsync(response, cancellationToken).ConfigureAwait(false))
                    throw new DownloadFaultException($"The address of the video, on {address.IdnHost}, has expired.", DownloadRemedy.FreshAddress);
                if ((int)response.StatusCode is not (>= 300 and < 400) || !Uri.TryCreate(address, response.Headers.Location, out var next))
                    throw DownloadFaultException.Of(response, Redactor.PrintAddress(address));
                address = next;
            }
        }

        throw new DownloadFaultException($"The file host redirects more than {MaxRedirects} times.", DownloadRemedy.None);
    }

    // Object stores have a code for it in a short document, some of them with status 400.
    private static async Task<bool> IsExpiredAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var start = new byte[4096];
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var text = start.AsMemory(0, await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        return ExpiryCodes.Any(code => text.Span.IndexOf(code) >= 0);
    }

    public static DownloadFaultException DisposedFault() =>
        new("The client was disposed during the download.", DownloadRemedy.None, new ObjectDisposedException(nameof(WanVideoClient)));

    // The path and the query are sent as they are, because they may be signed; a character that cannot be in a request line is encoded.
    private static Uri Encode(Uri address) => address.PathAndQuery.AsSpan().ContainsAnyExceptInRange('!', '~')
        ? new Uri(
            address.GetLeftPart(UriPartial.Authority)
            + string.Concat(address.PathAndQuery.EnumerateRunes().Select(rune => rune.Value is >= '!' and <= '~' ? $"{rune}" : Uri.EscapeDataString($"{rune}"))),
            Verbatim)
        : address;

    private async Task<HttpResponseMessage> SendAsync(Uri address, long offset, RangeConditionHeaderValue? tag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        UserAgent.AddTo(request, userAgent);
        if (offset > 0 && tag is not null)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            // RFC 9110, 13.1.5: a date cannot be in If-Range if the file has a weak tag, and If-Unmodified-Since serves files without a tag too.
            request.Headers.IfRange = tag.EntityTag is null ? null : tag;
            request.Headers.IfUnmodifiedSince = tag.Date;
        }

        try
        {
            telemetry.Sending(request);
            var response = await client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            telemetry.Answered(request, response);
            return response;
        }
        catch (HttpRequestException e) when (TransportFault.Causes(e).FirstOrDefault(cause => cause is WanDownloadException or DownloadFaultException) is { } ours)
        {
            throw ours;
        }
        catch (HttpRequestException e) when (TransportFault.IsOfProxy(e))
        {
            throw new DownloadFaultException(
                $"The proxy did not connect to the file host {address.IdnHost}. It may be out of order, require other credentials, or not allow this host.", DownloadRemedy.Retry, TransportFault.Sanitize(e));
        }
        catch (HttpRequestException e) when (TransportFault.Causes(e).Any(cause => cause is AuthenticationException))
        {
            throw new DownloadFaultException(
                $"The certificate of the file host {address.IdnHost} is not valid, or the host does not support TLS.", DownloadRemedy.None, TransportFault.Sanitize(e));
        }
        catch (ObjectDisposedException)
        {
            throw DisposedFault();
        }
        catch (Exception e) when (e is not (OperationCanceledException or WanException))
        {
            var reason = TransportFault.Describe(e);
            throw new DownloadFaultException($"The file host {address.IdnHost} cannot be reached: {reason}.", DownloadRemedy.Retry, TransportFault.Sanitize(e));
        }
    }
}
