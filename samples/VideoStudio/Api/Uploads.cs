namespace VideoStudio.Api;

/// <summary>Prepares the images of generations for the service, and stores them under generated names.</summary>
internal sealed class Uploads(DataFolder folder) : IDisposable
{
    private static readonly ImagePreparationOptions Options = new() { MaxPixels = 64_000_000 };

    /// <summary>Decoding needs about 4 bytes for each pixel: at most half a gigabyte at a time.</summary>
    private readonly SemaphoreSlim running = new(2);

    /// <summary>Stores images, and adds to the generation what each is and what was changed, for the user to read.</summary>
    /// <returns>False if one of them cannot be used.</returns>
    public async Task<bool> SaveAsync(
        IReadOnlyList<IFormFile> images, Generation generation, FieldErrors errors, CancellationToken cancellationToken)
    {
        var details = new List<string>();
        foreach (var image in images)
        {
            if (await PrepareAsync(image, errors, cancellationToken) is not { } prepared)
                continue;
            var info = await prepared.Source.InspectAsync(cancellationToken);
            var size = string.Create(
                CultureInfo.InvariantCulture, $"{info.Format}, {info.Width} × {info.Height} px, {info.Length / 1000.0:0.0} kB");
            details.Add(prepared.Report.Changes is ImageChanges.None ? size : $"{size}: {prepared.Report}");
            generation.Images.Add($"{Guid.NewGuid()}.{info.Format}");
            await using var file = File.Create(folder.Image(generation.Images[^1]));
            await file.WriteAsync(prepared.Bytes, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        generation.ImageDetails = details.Count == 0 ? null : string.Join(". ", details);
        return details.Count == images.Count;
    }

    public void Delete(IEnumerable<string> names)
    {
        foreach (var name in names)
            File.Delete(folder.Image(name));
    }

    /// <summary>Removes the generated names of images from a message, as the user does not know them.</summary>
    public static string WithoutNames(string message, IEnumerable<string> names) =>
        names.Aggregate(message, (text, name) => text.Replace($"'{name}' ", "", StringComparison.Ordinal).Replace($"{name} ", "", StringComparison.Ordinal));

    public void Dispose() => running.Dispose();

    private async Task<PreparedImage?> PrepareAsync(IFormFile image, FieldErrors errors, CancellationToken cancellationToken)
    {
        await running.WaitAsync(cancellationToken);
        try
        {
            await using var content = image.OpenReadStream();
            return await MediaImage.PrepareAsync(content, Options, cancellationToken);
        }
        catch (WanValidationException e)
        {
            foreach (var problem in e.Problems)
                errors.Add(problem with { Message = WithoutOptions(problem.Message) });
            return null;
        }
        finally
        {
            running.Release();
        }
    }

    // The visitor has no options to set.
    private static string WithoutOptions(string message) => message
        .Replace(", or set ImagePreparationOptions.AspectRatioAdjustment to Crop or Pad", "", StringComparison.Ordinal)
        .Replace(" (ImagePreparationOptions.MaxPixels); scale it down, or raise the limit", "; scale it down", StringComparison.Ordinal)
        .Replace("raise ImagePreparationOptions.Timeout, or scale", "scale", StringComparison.Ordinal);
}
