using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>A generation as the page sees it, without ids of the service and paths of this machine.</summary>
internal sealed record GenerationView(
    string Id,
    GenerationState State,
    string? Reason,
    string Model,
    string Prompt,
    string? NegativePrompt,
    string Resolution,
    int Seconds,
    long? Seed,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    int Polls,
    decimal? CostUsd,
    CostState? CostState,
    bool CanRetry,
    string? PictureUrl,
    string? ImageDetails,
    string? VideoUrl)
{
    public static GenerationView From(Generation generation) => new(
        generation.Id,
        generation.State,
        generation.Reason,
        generation.Model,
        generation.Prompt,
        generation.NegativePrompt,
        generation.Resolution,
        generation.Seconds,
        generation.Seed,
        generation.CreatedAt,
        generation.StartedAt,
        generation.FinishedAt,
        generation.Polls,
        generation.CostUsd,
        generation.CostState,
        generation.CanRetry,
        generation.Images.Count > 0 ? $"/api/generations/{generation.Id}/picture" : null,
        generation.ImageDetails,
        generation.State is GenerationState.Done ? $"/api/generations/{generation.Id}/video" : null);
}
