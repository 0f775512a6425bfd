using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Keeps the pictures of accepted generations, under names of its own.</summary>
internal sealed class Uploads(DataFolder folder)
{
    public async Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<IFormFile> pictures, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            foreach (var picture in pictures)
                names.Add(await SaveAsync(picture, cancellationToken));
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
            File.Delete(folder.Picture(name));
    }

    /// <summary>A message without our names for the pictures, which mean nothing to the user.</summary>
    public static string WithoutNames(string message, IEnumerable<string> names) =>
        names.Aggregate(message, (text, name) => text.Replace($"'{name}' ", "", StringComparison.Ordinal).Replace($"{name} ", "", StringComparison.Ordinal));

    private async Task<string> SaveAsync(IFormFile picture, CancellationToken cancellationToken)
    {
        await using var content = picture.OpenReadStream();

        // What is no picture is kept for a moment, for the SDK's check to say what is wrong with it.
        var type = await PictureType.DetectAsync(content, cancellationToken);
        var name = $"{Guid.NewGuid()}{type?.Extension}";
        content.Position = 0;
        await using var file = File.Create(folder.Picture(name));
        await content.CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
        return name;
    }
}
