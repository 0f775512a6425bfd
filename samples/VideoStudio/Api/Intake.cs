using System.Globalization;
using Microsoft.Extensions.Options;
using VideoStudio.Hosting;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>From a form to a job: checked by the SDK before it is accepted, and accepted once however often it is sent.</summary>
internal sealed class Intake(
    IGenerationStore store, GenerationRequests requests, Uploads uploads, IJobQueue queue, IOptions<StudioOptions> options, TimeProvider time)
{
    /// <returns>The accepted generation, or the one that its id stands for already; null when there are errors.</returns>
    public async Task<Generation?> TakeAsync(GenerationForm form, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (Parse(form, errors) is not { } parsed)
            return null;
        if (await store.FindAsync(parsed.Id, cancellationToken) is { } known)
            return known;

        var pictures = await uploads.SaveAsync(form.Pictures, cancellationToken);
        var generation = parsed with { Pictures = pictures };
        foreach (var problem in requests.Of(generation).Validate())
            errors.Add(problem with { Message = Uploads.WithoutNames(problem.Message, pictures) });
        if (errors.IsEmpty && await store.TryAddAsync(generation, cancellationToken))
        {
            queue.Schedule(generation.Id, generation.DueAt);
            return generation;
        }

        uploads.Delete(pictures);
        return errors.IsEmpty ? await store.FindAsync(generation.Id, cancellationToken) : null;
    }

    private Generation? Parse(GenerationForm form, FieldErrors errors)
    {
        if (!Guid.TryParseExact(form.ClientRequestId, "D", out var id))
            errors.Add("clientRequestId", "The id is not a UUID.");
        if (!Models.All.Contains(form.Model))
            errors.Add("model", "There is no such model.");
        if (form.Resolution.Length == 0)
            errors.Add("resolution", "Choose a resolution.");
        if (!int.TryParse(form.Seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
            errors.Add("seconds", "The duration is not a number of seconds.");
        long seed = 0;
        if (form.Seed is not null && !long.TryParse(form.Seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed))
            errors.Add("seed", "The seed is not a whole number.");
        if (form.Prompt.Contains('\0') || form.NegativePrompt?.Contains('\0') is true)
            errors.Add(form.Prompt.Contains('\0') ? "prompt" : "negativePrompt", "The text contains a null character; remove it.");
        CheckPictures(form, errors);
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

    private void CheckPictures(GenerationForm form, FieldErrors errors)
    {
        var (fewest, most) = form.Model switch
        {
            Models.Image => (1, 1),
            Models.Reference => (1, Limits.MaxReferences),
            _ => (0, 0),
        };
        if (form.Pictures.Count < fewest)
            errors.Add("picture", "Choose a picture.");
        else if (form.Pictures.Count > most)
            errors.Add("picture", most == 0 ? "This model takes no picture." : $"At most {most} {(most == 1 ? "picture" : "pictures")} can be used.");
        if (form.Pictures.Any(picture => picture.Length > options.Value.MaxPictureBytes))
            errors.Add("picture", $"The picture is larger than {options.Value.MaxPictureBytes / 1024.0 / 1024:0.#} MB.");
    }
}
