using System.Net;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Download;

/// <summary>Fetches a finished video from the host that keeps it, which is not the API's and sees none of its secrets.</summary>
internal sealed class VideoDownloader(Func<HttpClient> client, ApiReader reader, DownloadPolicy policy, TimeProvider time)
{
    private const int MaxRedirects = 5;
    private const int MaxAttempts = 5;
    private const int MaxFreshAddresses = 2;
    private const int BufferLength = 80 * 1024;

    /// <summary>The longest silence of a host, before its answer or between two pieces of a file.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    public async Task ToFileAsync(VideoGeneration generation, string path, DownloadOptions options, CancellationToken cancellationToken)
    {
        var part = PartFile.Create(path, options.Overwrite);
        await using var _ = part.ConfigureAwait(false);
        await FetchAsync(generation, part.Stream, options, cancellationToken).ConfigureAwait(false);
        await part.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Copies the video to the stream; begins anew after a fault only where the stream can be set back.</summary>
    public async Task FetchAsync(VideoGeneration generation, Stream target, DownloadOptions options, CancellationToken cancellationToken)
    {
        var start = target.CanSeek ? target.Position : 0;
        var address = AddressOf(generation);
        var fresh = 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await FetchOnceAsync(address, target, options, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DownloadFaultException e) when (e.IsExpired && fresh++ < MaxFreshAddresses)
            {
                address = AddressOf(await reader.ReadGenerationAsync(generation.Id, cancellationToken).ConfigureAwait(false));
            }
            catch (DownloadFaultException e) when (e.IsTransient && attempt < MaxAttempts && (e.BytesWritten == 0 || target.CanSeek))
            {
                if (e.BytesWritten > 0)
                {
                    target.Position = start;
                    target.SetLength(start);
                }

                await Task.Delay(TimeSpan.FromSeconds(Math.Min(8, 0.5 * (1 << attempt))), time, cancellationToken).ConfigureAwait(false);
            }
            catch (DownloadFaultException e)
            {
                throw new WanDownloadException(e.Message, e.InnerException) { GenerationId = generation.Id, ClientRequestId = generation.ClientRequestId };
            }
        }
    }

    private static Uri AddressOf(VideoGeneration generation) =>
        generation.Video?.Url ?? throw new WanDownloadException(
            $"The generation has no video to download (status: {generation.Status}).") { GenerationId = generation.Id };

    private async Task FetchOnceAsync(Uri address, Stream target, DownloadOptions options, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(MaxSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var written = 0L;
        try
        {
            using var response = await OpenAsync(address, either.Token).ConfigureAwait(false);
            var total = response.Content.Headers.ContentLength;
            if (total > options.MaxBytes)
                throw new WanDownloadException($"The video has {total} bytes; the limit is {options.MaxBytes}.");
            var source = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            await using var _ = source.ConfigureAwait(false);
            var buffer = new byte[BufferLength];
            while (await source.ReadAsync(buffer, either.Token).ConfigureAwait(false) is > 0 and var read)
            {
                silence.CancelAfter(MaxSilence);
                if (written + read > options.MaxBytes)
                    throw new WanDownloadException($"The video has more than {options.MaxBytes} bytes, the limit.");
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                written += read;
                options.Progress?.Report(new DownloadProgress(written, total));
            }

            if (written == 0)
                throw new DownloadFaultException($"The video at {Printed(address)} is empty.", isTransient: true);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (e.InnerException is WanDownloadException refused)
                throw refused;
            throw new DownloadFaultException($"The download of {Printed(address)} broke off after {written} bytes.", isTransient: true, innerException: e) { BytesWritten = written };
        }
    }

    /// <summary>Opens the file, following redirects by hand: each hop is checked as the first address is.</summary>
    private async Task<HttpResponseMessage> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            policy.Check(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var response = await client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.OK)
                return response;
            using (response)
            {
                if ((int)response.StatusCode is not (>= 300 and < 400) || response.Headers.Location is not { } location)
                    throw DownloadFaultException.Of(response.StatusCode, Printed(address));
                address = new Uri(address, location);
            }
        }

        throw new DownloadFaultException($"The video's host redirects more than {MaxRedirects} times.", isTransient: false);
    }

    private static string Printed(Uri address) => address.IdnHost + address.AbsolutePath;
}
