using Microsoft.Net.Http.Headers;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Pictures and films; a player asks for ranges of a film, and a browser keeps what has not changed.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this RouteGroupBuilder api)
    {
        api.MapGet("/generations/{id:guid}/picture", async (Guid id, IGenerationStore store, DataFolder folder, CancellationToken cancellationToken) =>
            await store.FindAsync(id.ToString(), cancellationToken) is { Pictures: [var name, ..] }
                ? File(folder.Picture(name), PictureType.OfName(name).MediaType)
                : Results.NotFound());

        api.MapGet("/generations/{id:guid}/video", async (
            Guid id, HttpRequest request, IGenerationStore store, DataFolder folder, CancellationToken cancellationToken) =>
            await store.FindAsync(id.ToString(), cancellationToken) is { State: GenerationState.Done }
                ? File(folder.Film(id.ToString()), "video/mp4", request.Query.ContainsKey("download") ? $"film-{id}.mp4" : null)
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
