using System.Globalization;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Turns a form into a job. The SDK validates it first, and a form that is sent again is accepted once.</summary>
internal sealed class GenerationIntake(
    IGenerationStore store, GenerationRequests requests, Uploads uploads, IJobQueue queue, IOptions<StudioOptions> options, TimeProvider time)
{
    /// <returns>The accepted generation, or the existing one with this id; null if there are errors.</returns>
    public async Task<Generation?> AcceptAsync(GenerationForm form, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (Parse(form, errors) is not { } parsed)
            return null;
        if (await store.FindAsync(parsed.Id, cancellationToken) is { } known)
            return known;

        var saved = await uploads.SaveAsync(form.Images, errors, cancellationToken);
        var images = saved?.Names ?? [];
        var generation = parsed with { Images = images, ImageDetails = saved?.Details };
        // Without its images, the other fields are validated too.
        foreach (var problem in requests.Create(generation).Validate().Where(problem => saved is not null || !FieldErrors.IsOfImage(problem)))
            errors.Add(problem with { Message = Uploads.WithoutNames(problem.Message, images) });
        if (errors.IsEmpty && await store.TryAddAsync(generation, cancellationToken))
        {
            queue.Schedule(generation.Id, generation.DueAt);
            return generation;
        }

        uploads.Delete(images);
        return errors.IsEmpty ? await store.FindAsync(generation.Id, cancellationToken) : null;
    }

    private Generation? Parse(GenerationForm form, FieldErrors errors)
    {
        if (!Guid.TryParseExact(form.ClientRequestId, "D", out var id))
            errors.Add("clientRequestId", "The id must be a UUID.");
        if (!Models.All.Contains(form.Model))
            errors.Add("model", "The model must be image, text or reference.");
        if (form.Resolution.Length == 0)
            errors.Add("resolution", "Choose a resolution.");
        if (!int.TryParse(form.Seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
            errors.Add("seconds", "The duration must be a whole number of seconds, 1 or more.");
        long seed = 0;
        if (form.Seed is not null && !long.TryParse(form.Seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed))
            errors.Add("seed", "The seed must be a whole number.");
        if (form.Prompt.Contains('\0') || form.NegativePrompt?.Contains('\0') is true)
            errors.Add(form.Prompt.Contains('\0') ? "prompt" : "negativePrompt", "The text contains a null character; remove it.");
        CheckImages(form, errors);
        return errors.IsEmpty
            ? new Generation
            {
                Id = id.ToString(),
                Model = form.Model,
                Prompt = form.Prompt,
                NegativePrompt = form.NegativePrompt,
                Resolution = form.Resolution,
                Seconds = seconds,
                Seed = form.Seed is null ? null : seed,
                CreatedAt = time.GetUtcNow(),
                DueAt = time.GetUtcNow(),
            }
            : null;
    }

    private void CheckImages(GenerationForm form, FieldErrors errors)
    {
        var (min, max) = form.Model switch
        {
            Models.Image => (1, 1),
            Models.Reference => (1, Limits.MaxReferences),
            _ => (0, 0),
        };
        if (form.Images.Count < min)
            errors.Add("picture", "Choose an image.");
        else if (form.Images.Count > max)
            errors.Add("picture", max == 0 ? "This model takes no image." : $"At most {max} {(max == 1 ? "image" : "images")} can be used (was {form.Images.Count}).");
        if (form.Images.Select(image => image.Length).DefaultIfEmpty().Max() is var length && length > options.Value.MaxPictureBytes)
            errors.Add("picture", $"The image must have at most {Megabytes(options.Value.MaxPictureBytes)} (was {Megabytes(length)}).");

        static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.###} MB");
    }
}
