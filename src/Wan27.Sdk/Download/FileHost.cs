using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Diagnostics;

namespace Wan27.Sdk.Download;

/// <summary>Opens a file on the host that keeps it, following redirects by hand: each hop is checked as the first address is.</summary>
internal sealed class FileHost(Func<HttpClient> client, DownloadPolicy policy, ClientTelemetry telemetry)
{
    private const int MaxRedirects = 5;

    /// <param name="address">Where the file lies.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="tag">The strong tag of the file of which the bytes before the offset are; null to take the file from its beginning.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>An answer of status 200 or 206, or 416 to a wish for a range.</returns>
    /// <exception cref="DownloadFaultException">The host refused.</exception>
    /// <exception cref="WanDownloadException">The address is one that we do not go to.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Uri address, long offset, EntityTagHeaderValue? tag, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            policy.Check(address);
            var response = await SendAsync(address, offset, tag, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent
                || (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable && offset > 0))
                return response;
            using (response)
            {
                if ((int)response.StatusCode is not (>= 300 and < 400) || !Uri.TryCreate(address, response.Headers.Location, out var next))
                    throw DownloadFaultException.Of(response, Print(address));
                address = next;
            }
        }

        throw new DownloadFaultException($"The video's host redirects more than {MaxRedirects} times.", DownloadRemedy.None);
    }

    /// <summary>An address without its query, which may be a signature.</summary>
    public static string Print(Uri address) => AllowList.Address(address);

    private async Task<HttpResponseMessage> SendAsync(Uri address, long offset, EntityTagHeaderValue? tag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (offset > 0 && tag is not null)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        try
        {
            telemetry.Sending(request);
            var response = await client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            telemetry.Answered(request, response);
            return response;
        }
        catch (HttpRequestException e) when (e.InnerException is WanDownloadException refused)
        {
            throw refused;
        }
        catch (HttpRequestException e)
        {
            throw new DownloadFaultException($"The video's host {address.IdnHost} cannot be reached: {e.HttpRequestError}.", DownloadRemedy.Retry, e);
        }
    }
}
