using System.Globalization;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Prepares the images of generations for the service, and stores them under generated names.</summary>
internal sealed class Uploads(DataFolder folder) : IDisposable
{
    /// <summary>Decoding needs about 4 bytes for each pixel: at most half a gigabyte at a time.</summary>
    private const int MostAtATime = 2;

    private static readonly ImagePreparationOptions Options = new() { MaxPixels = 64_000_000 };

    private readonly SemaphoreSlim running = new(MostAtATime);

    /// <returns>The names, and what each image is and what was changed, for the user to read; null if there are errors.</returns>
    public async Task<(IReadOnlyList<string> Names, string? Details)?> SaveAsync(
        IReadOnlyList<IFormFile> images, FieldErrors errors, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var details = new List<string>();
        try
        {
            foreach (var image in images)
            {
                if (await PrepareAsync(image, errors, cancellationToken) is not { } prepared)
                    continue;
                names.Add(await SaveAsync(prepared.Bytes, cancellationToken));
                details.Add(await DescribeAsync(prepared, cancellationToken));
            }
        }
        catch
        {
            Delete(names);
            throw;
        }

        if (names.Count == images.Count)
            return (names, details.Count == 0 ? null : string.Join(". ", details));
        Delete(names);
        return null;
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

    private static async Task<string> DescribeAsync(PreparedImage prepared, CancellationToken cancellationToken)
    {
        var info = await prepared.Source.InspectAsync(cancellationToken);
        var file = string.Create(CultureInfo.InvariantCulture, $"{info.Format}, {info.Width} × {info.Height} px, {info.Length / 1000.0:0.0} kB");
        return prepared.Report.Changes is ImageChanges.None ? file : $"{file}: {prepared.Report}";
    }

    // The visitor has no options to set.
    private static string WithoutOptions(string message) => message
        .Replace(", or set ImagePreparationOptions.AspectRatioAdjustment to Crop or Pad", "", StringComparison.Ordinal)
        .Replace(" (ImagePreparationOptions.MaxPixels); scale it down, or raise the limit", "; scale it down", StringComparison.Ordinal)
        .Replace("raise ImagePreparationOptions.Timeout, or scale", "scale", StringComparison.Ordinal);

    private async Task<string> SaveAsync(ReadOnlyMemory<byte> image, CancellationToken cancellationToken)
    {
        var name = $"{Guid.NewGuid()}{ImageFormat.Detect(image.Span)?.Extension}";
        await using var file = File.Create(folder.Image(name));
        await file.WriteAsync(image, cancellationToken);
        file.Flush(flushToDisk: true);
        return name;
    }
}
