using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Stores the images of generations under generated names.</summary>
internal sealed class Uploads(DataFolder folder)
{
    public async Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<IFormFile> images, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            foreach (var image in images)
                names.Add(await SaveAsync(image, cancellationToken));
            return names;
        }
        catch
        {
            Delete(names);
            throw;
        }
    }

    public void Delete(IEnumerable<string> names)
    {
        foreach (var name in names)
            File.Delete(folder.Image(name));
    }

    /// <summary>Removes the generated names of images from a message, as the user does not know them.</summary>
    public static string WithoutNames(string message, IEnumerable<string> names) =>
        names.Aggregate(message, (text, name) => text.Replace($"'{name}' ", "", StringComparison.Ordinal).Replace($"{name} ", "", StringComparison.Ordinal));

    private async Task<string> SaveAsync(IFormFile image, CancellationToken cancellationToken)
    {
        await using var content = image.OpenReadStream();

        // A file of another format is stored too, so that the SDK's validation can report the reason.
        var format = await ImageFormat.DetectAsync(content, cancellationToken);
        var name = $"{Guid.NewGuid()}{format?.Extension}";
        content.Position = 0;
        await using var file = File.Create(folder.Image(name));
        await content.CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
        return name;
    }
}
