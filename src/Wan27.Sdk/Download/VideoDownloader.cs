using System.Buffers;
using System.Net.Http.Headers;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Download;

/// <summary>Fetches a finished video from the host that keeps it, which is not the API's and sees none of its secrets.</summary>
internal sealed class VideoDownloader(FileHost host, ApiReader reader, TimeProvider time)
{
    private const int BufferLength = 128 * 1024;
    private const int MaxRestarts = 5;

    /// <summary>Saves the video, going on with what an earlier call or process has left.</summary>
    public Task ToFileAsync(VideoGeneration generation, string path, DownloadOptions options, CancellationToken cancellationToken) =>
        TypedAsync(generation, async () =>
        {
            var part = PartFile.Open(path, options.Overwrite);
            await using var _ = part.ConfigureAwait(false);
            await RestartingAsync(() => FillAsync(part, generation, options, cancellationToken), part.Restart, cancellationToken).ConfigureAwait(false);
            await part.CompleteAsync().ConfigureAwait(false);
            return true;
        }, cancellationToken);

    /// <summary>Copies the video; one that must begin anew does so only where the destination can be set back.</summary>
    public Task ToStreamAsync(VideoGeneration generation, Stream destination, DownloadOptions options, CancellationToken cancellationToken) =>
        TypedAsync(generation, async () =>
        {
            var start = destination.CanSeek ? destination.Position : 0;
            await RestartingAsync(
                async () =>
                {
                    using var video = Video(generation, options);
                    await CopyAsync(video, destination, cancellationToken).ConfigureAwait(false);
                },
                destination.CanSeek ? () => SetBack(destination, start) : null,
                cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken);

    /// <summary>Opens the video for a caller who passes it on.</summary>
    public Task<Stream> OpenReadAsync(VideoGeneration generation, DownloadOptions options, CancellationToken cancellationToken) =>
        TypedAsync<Stream>(generation, async () =>
        {
            var video = Video(generation, options);
            try
            {
                await video.OpenAsync(cancellationToken).ConfigureAwait(false);
                return new VideoStream(video, e => Typed(e, generation, CancellationToken.None));
            }
            catch
            {
                video.Dispose();
                throw;
            }
        }, cancellationToken);

    private async Task FillAsync(PartFile part, VideoGeneration generation, DownloadOptions options, CancellationToken cancellationToken)
    {
        using var video = Video(generation, options);
        if (part.ReadMark(generation.Id) is { } tag)
            await TakeInAsync(part.Stream, video, tag, cancellationToken).ConfigureAwait(false);
        else
            part.Restart();
        await video.OpenAsync(cancellationToken).ConfigureAwait(false);
        part.WriteMark(generation.Id, video.Tag);
        await CopyAsync(video, part.Stream, cancellationToken).ConfigureAwait(false);
    }

    private static async Task TakeInAsync(Stream file, VideoFeed video, EntityTagHeaderValue tag, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            file.Position = 0;
            while (await file.ReadAsync(buffer.AsMemory(0, BufferLength), cancellationToken).ConfigureAwait(false) is > 0 and var read)
                video.TakeIn(buffer.AsSpan(0, read), tag);
        }
        catch (DownloadFaultException e)
        {
            throw e.With(DownloadRemedy.Restart);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CopyAsync(VideoFeed video, Stream destination, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (await video.ReadAsync(buffer.AsMemory(0, BufferLength), cancellationToken).ConfigureAwait(false) is > 0 and var read)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Begins the file anew, a few times, when what we have of it turns out to be of another one.</summary>
    private async Task RestartingAsync(Func<Task> fetchAsync, Action? setBack, CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                await fetchAsync().ConfigureAwait(false);
                return;
            }
            catch (DownloadFaultException e) when (setBack is not null && restarts < MaxRestarts && e.Remedy is DownloadRemedy.Restart)
            {
                setBack();
                await Task.Delay(DownloadFaultException.Backoff(restarts), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void SetBack(Stream destination, long start)
    {
        destination.Position = start;
        destination.SetLength(start);
    }

    private VideoFeed Video(VideoGeneration generation, DownloadOptions options) => new(
        host,
        AddressOf(generation),
        async token => AddressOf(await reader.ReadGenerationAsync(generation.Id, token).ConfigureAwait(false)),
        options,
        time);

    private static Uri AddressOf(VideoGeneration generation) =>
        generation.Video?.Url ?? throw new WanDownloadException($"The generation has no video to download (status: {generation.Status}).");

    private static async Task<T> TypedAsync<T>(VideoGeneration generation, Func<Task<T>> fetchAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await fetchAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (Typed(e, generation, cancellationToken) is { } typed)
        {
            throw typed;
        }
    }

    /// <summary>The exception for the caller, with the way back on it; null for one that is already fit or is none of ours.</summary>
    private static Exception? Typed(Exception e, VideoGeneration generation, CancellationToken cancellationToken) => e switch
    {
        DownloadFaultException or IOException or UnauthorizedAccessException =>
            new WanDownloadException(e.Message, e.InnerException ?? e) { GenerationId = generation.Id, ClientRequestId = generation.ClientRequestId },
        WanDownloadException { GenerationId: null } =>
            new WanDownloadException(e.Message, e.InnerException) { GenerationId = generation.Id, ClientRequestId = generation.ClientRequestId },
        OperationCanceledException when cancellationToken.IsCancellationRequested =>
            new WanCanceledException($"Cancelled while downloading generation '{generation.Id}', which is complete; download it again.", e, cancellationToken)
            {
                GenerationId = generation.Id,
                ClientRequestId = generation.ClientRequestId,
                MayHaveBeenSent = true,
            },
        _ => null,
    };
}
