using System.Security.Cryptography;

namespace VideoStudio.Api;

/// <summary>Turns a form, or a generation that failed, into a generation with a job. One that is sent again is accepted once.</summary>
internal sealed class Orders(
    StudioContext database, IBackgroundJobClient hangfire, Uploads uploads, DataFolder folder, IOptions<StudioOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan TimeToStore = TimeSpan.FromSeconds(10);

    /// <returns>The accepted generation, or the existing one with this id; null if there are errors.</returns>
    public async Task<Generation?> AcceptAsync(IFormCollection form, FieldErrors errors, CancellationToken cancellationToken)
    {
        var images = form.Files.GetFiles("picture");
        if (Parse(form, images, errors) is not { } generation)
            return null;
        if (await database.Generations.FindAsync([generation.Id], cancellationToken) is { } known)
            return known;
        var isAdded = false;
        try
        {
            // Without its images, the other fields are validated too.
            var isComplete = await uploads.SaveAsync(images, generation, errors, cancellationToken);
            var problems = generation.ToRequest(folder).Validate();
            foreach (var problem in problems.Where(problem => isComplete || !FieldErrors.IsOfImage(problem)))
                errors.Add(problem with { Message = Uploads.WithoutNames(problem.Message, generation.Images) });
            isAdded = errors.IsEmpty && await TryAddAsync(generation, cancellationToken);
        }
        finally
        {
            if (!isAdded)
                uploads.Delete(generation.Images);
        }

        return errors.IsEmpty ? await database.Generations.FindAsync([generation.Id], cancellationToken) : null;
    }

    /// <summary>Creates a generation that is paid for again. Each failed one is retried once, however often the button is pressed.</summary>
    public async Task<Generation> RetryAsync(Generation failed, CancellationToken cancellationToken)
    {
        // The same id for each press.
        var id = new Guid(SHA256.HashData(Guid.Parse(failed.Id).ToByteArray()).AsSpan(0, 16)).ToString();
        failed.RetriedAs = id;
        var next = new Generation
        {
            Id = id,
            Model = failed.Model,
            Prompt = failed.Prompt,
            NegativePrompt = failed.NegativePrompt,
            Resolution = failed.Resolution,
            Seconds = failed.Seconds,
            Seed = failed.Seed,
            Images = failed.Images,
            ImageDetails = failed.ImageDetails,
            CreatedAt = time.GetUtcNow(),
        };
        await TryAddAsync(next, cancellationToken);
        return (await database.Generations.FindAsync([id], cancellationToken))!;
    }

    /// <returns>False, without a change, if the id exists.</returns>
    private async Task<bool> TryAddAsync(Generation generation, CancellationToken cancellationToken)
    {
        // The job exists before its row. If the process ends in between, the job finds nothing to do.
        // If it ends after the row, the job runs a little later.
        var id = generation.Id;
        var job = hangfire.Schedule<GenerationJob>(next => next.RunAsync(id, null, CancellationToken.None), TimeToStore);
        database.Add(generation);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            hangfire.Delete(job);
            database.ChangeTracker.Clear();
            if (await database.Generations.AnyAsync(known => known.Id == id, cancellationToken))
                return false;
            throw;
        }

        hangfire.Requeue(job);
        return true;
    }

    private Generation? Parse(IFormCollection form, IReadOnlyList<IFormFile> images, FieldErrors errors)
    {
        var (model, resolution, seedText) = (Text("model"), Text("resolution"), Text("seed"));
        if (!Guid.TryParseExact(Text("clientRequestId"), "D", out var id))
            errors.Add("clientRequestId", "The id must be a UUID.");
        if (!Models.All.Contains(model))
            errors.Add("model", "The model must be image, text or reference.");
        if (resolution is null)
            errors.Add("resolution", "Choose a resolution.");
        if (!int.TryParse(Text("seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
            errors.Add("seconds", "The duration must be a whole number of seconds, 1 or more.");
        if (!long.TryParse(seedText ?? "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            errors.Add("seed", "The seed must be a whole number.");
        foreach (var field in new[] { "prompt", "negativePrompt" }.Where(field => Text(field)?.Contains('\0') is true))
            errors.Add(field, "The text contains a null character; remove it.");
        CheckImages(model, images, errors);
        if (!errors.IsEmpty)
            return null;
        return new Generation
        {
            Id = id.ToString(),
            Model = model!,
            Prompt = Text("prompt") ?? "",
            NegativePrompt = Text("negativePrompt"),
            Resolution = resolution!,
            Seconds = seconds,
            Seed = seedText is null ? null : seed,
            CreatedAt = time.GetUtcNow(),
        };

        string? Text(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;
    }

    private void CheckImages(string? model, IReadOnlyList<IFormFile> images, FieldErrors errors)
    {
        var max = model switch
        {
            Models.Image => 1,
            Models.Reference => Models.MaxReferences,
            _ => 0,
        };
        if (images.Count == 0 && max > 0)
            errors.Add("picture", "Choose an image.");
        else if (images.Count > 0 && max == 0)
            errors.Add("picture", "This model takes no image.");
        else if (images.Count > max)
            errors.Add("picture", $"At most {max} {(max == 1 ? "image" : "images")} can be used (was {images.Count}).");
        var maxBytes = options.Value.MaxPictureBytes;
        if (images.FirstOrDefault(image => image.Length > maxBytes) is { } large)
            errors.Add("picture", $"The image must have at most {Megabytes(maxBytes)} (was {Megabytes(large.Length)}).");

        static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.###} MB");
    }
}
