using Microsoft.Net.Http.Headers;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Serves images and videos with ranges for players and entity tags for browser caches.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this RouteGroupBuilder api)
    {
        api.MapGet("/generations/{id:guid}/picture", async (Guid id, IGenerationStore store, DataFolder folder, CancellationToken cancellationToken) =>
            await store.FindAsync(id.ToString(), cancellationToken) is { Images: [var name, ..] }
                ? File(folder.Image(name), ImageFormat.FromName(name).MediaType)
                : Results.NotFound());

        api.MapGet("/generations/{id:guid}/video", async (
            Guid id, HttpRequest request, IGenerationStore store, DataFolder folder, CancellationToken cancellationToken) =>
            await store.FindAsync(id.ToString(), cancellationToken) is { State: GenerationState.Done }
                ? File(folder.Video(id.ToString()), "video/mp4", request.Query.ContainsKey("download") ? $"video-{id}.mp4" : null)
                : Results.NotFound());
    }

    private static IResult File(string path, string mediaType, string? downloadName = null)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? Results.File(
                path,
                mediaType,
                downloadName,
                lastModified: file.LastWriteTimeUtc,
                entityTag: new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\""),
                enableRangeProcessing: true)
            : Results.NotFound();
    }
}
