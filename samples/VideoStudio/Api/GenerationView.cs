using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>A generation as the page sees it; nothing of the service's own, no path of this machine.</summary>
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
    CostStatus? CostState,
    bool CanRetry,
    string? PictureUrl,
    string? VideoUrl)
{
    public static GenerationView Of(Generation generation) => new(
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
        generation.Pictures.Count > 0 ? $"/api/generations/{generation.Id}/picture" : null,
        generation.State is GenerationState.Done ? $"/api/generations/{generation.Id}/video" : null);
}
