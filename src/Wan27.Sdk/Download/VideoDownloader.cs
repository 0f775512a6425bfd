using System.Buffers;
using System.Net.Http.Headers;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Download;

/// <summary>Fetches a finished video from the host that keeps it, which is not the API's and sees none of its secrets.</summary>
internal sealed class VideoDownloader(FileHostClient host, ApiReader reader, ClientTelemetry telemetry, TimeProvider time)
{
    /// <summary>The largest power of two that stays out of the large-object heap.</summary>
    private const int BufferLength = 64 * 1024;

    private const int MaxRestarts = 5;

    /// <summary>Saves the video, and resumes the download of an earlier call or process.</summary>
    public Task ToFileAsync(VideoGeneration generation, string path, DownloadOptions options, CancellationToken cancellationToken) =>
        FetchAsync(generation, async download =>
        {
            var address = AddressOf(generation);
            var part = PartialFile.Open(path, generation.Id, options.Overwrite);
            await using var _ = part.ConfigureAwait(false);
            await RestartingAsync(
                async () =>
                {
                    using var video = new ResumableDownload(host, address, options, download, time);
                    await FillAsync(part, video, cancellationToken).ConfigureAwait(false);
                },
                part.Restart,
                download,
                cancellationToken).ConfigureAwait(false);
            await part.CompleteAsync().ConfigureAwait(false);
            return true;
        }, cancellationToken);

    /// <summary>Copies the video. A download restarts only if the destination can seek.</summary>
    public Task ToStreamAsync(VideoGeneration generation, Stream destination, DownloadOptions options, CancellationToken cancellationToken) =>
        FetchAsync(generation, async download =>
        {
            var address = AddressOf(generation);
            var start = destination.CanSeek ? destination.Position : 0;
            await RestartingAsync(
                async () =>
                {
                    using var video = new ResumableDownload(host, address, options, download, time);
                    await CopyAsync(video, destination, cancellationToken).ConfigureAwait(false);
                },
                destination.CanSeek ? () => Rewind(destination, start) : null,
                download,
                cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken);

    /// <summary>Opens the video for a caller who passes it on.</summary>
    /// <param name="generation">The complete generation.</param>
    /// <param name="options">How to fetch.</param>
    /// <param name="arrivedAsync">What is called when the video was read completely.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public Task<Stream> OpenReadAsync(
        VideoGeneration generation, DownloadOptions options, Func<CancellationToken, Task> arrivedAsync, CancellationToken cancellationToken) =>
        telemetry.Download(generation).OpenAsync(download => DownloadErrors.TypedAsync<Stream>(generation, async () =>
        {
            var video = new ResumableDownload(host, AddressOf(generation), options, download, time);
            try
            {
                await video.OpenAsync(cancellationToken).ConfigureAwait(false);
                return new VideoStream(video, download, arrivedAsync, e => DownloadErrors.Typed(e, generation, CancellationToken.None));
            }
            catch
            {
                video.Dispose();
                throw;
            }
        }, cancellationToken));

    private Task<bool> FetchAsync(VideoGeneration generation, Func<DownloadTelemetry, Task<bool>> fetchAsync, CancellationToken cancellationToken) =>
        telemetry.Download(generation).RunAsync(download => DownloadErrors.TypedAsync(generation, () => fetchAsync(download), cancellationToken));

    // Written without waiting for another thread: the bytes go into the system's cache.
    private static Task FillAsync(PartialFile part, ResumableDownload video, CancellationToken cancellationToken) => WithBufferAsync(async buffer =>
    {
        if (part.ReadMark() is { } tag)
            await AddEarlierAsync(part.Stream, video, tag, buffer, cancellationToken).ConfigureAwait(false);
        else
            part.Restart();
        while (await video.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            part.Append(buffer.Span[..read], video.Tag);
    });

    private static async Task AddEarlierAsync(Stream file, ResumableDownload video, RangeConditionHeaderValue tag, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            file.Position = 0;
            while (await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
                video.AddEarlier(buffer.Span[..read], tag);
        }
        catch (DownloadFaultException e)
        {
            throw e.With(DownloadRemedy.Restart);
        }
    }

    private static Task CopyAsync(ResumableDownload video, Stream destination, CancellationToken cancellationToken) => WithBufferAsync(async buffer =>
    {
        while (await video.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            await destination.WriteAsync(buffer[..read], cancellationToken).ConfigureAwait(false);
    });

    private static async Task WithBufferAsync(Func<Memory<byte>, Task> workAsync)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await workAsync(buffer).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Restarts the file, a few times, if the existing bytes are of another one.</summary>
    private async Task RestartingAsync(
        Func<Task> fetchAsync, Action? rewind, DownloadTelemetry download, CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                await fetchAsync().ConfigureAwait(false);
                return;
            }
            catch (DownloadFaultException e) when (rewind is not null && restarts < MaxRestarts && e.Remedy is DownloadRemedy.Restart)
            {
                download.Restarting(e);
                rewind();
                await Task.Delay(Backoff.OfRequests.Delay(restarts), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Rewind(Stream destination, long start)
    {
        destination.Position = start;
        destination.SetLength(start);
    }

    private VideoAddress AddressOf(VideoGeneration generation) => new(
        UrlOf(generation),
        generation.Video is { FileSize: > 0 and var size } ? size : null,
        async token => UrlOf(await reader.ReadGenerationAsync(generation.Id, Redactor.None, token).ConfigureAwait(false)));

    private static Uri UrlOf(VideoGeneration generation) =>
        generation.Video?.Uri ?? throw new WanDownloadException($"The generation has no video to download (status: {generation.Status}).")
        {
            IsWithoutVideo = true,
            LastStatus = generation.Status,
        };
}
