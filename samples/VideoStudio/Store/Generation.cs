using System.Text.Json.Serialization;

namespace VideoStudio.Store;

/// <summary>The record of one generation. Immutable: the store replaces one version by the next.</summary>
internal sealed record Generation
{
    /// <summary>Gets the id, a UUID. It is also the SDK's <see cref="VideoGenerationRequest.ClientRequestId"/>, under which the video is bought once.</summary>
    public required string Id { get; init; }

    public GenerationState State { get; init; }

    /// <summary>Gets the reason of a failure or a delay, bounded by <see cref="ServiceText"/>; null if the state needs no explanation.</summary>
    public string? Reason
    {
        get;
        init => field = value is null ? null : ServiceText.Bound(value);
    }

    /// <summary>Gets the model: <c>image</c>, <c>text</c> or <c>reference</c>.</summary>
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    public required string Resolution { get; init; }

    public required int Seconds { get; init; }

    public long? Seed { get; init; }

    /// <summary>Gets the names of its images in the folder of uploads.</summary>
    [JsonPropertyName("pictures")]
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Gets what each of its images is, and what was changed so that the service accepts it; null without images.</summary>
    public string? ImageDetails { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the time of the first submission.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int Polls { get; init; }

    /// <summary>Gets the number of steps that failed in a row.</summary>
    [JsonPropertyName("troubles")]
    public int Failures { get; init; }

    /// <summary>Gets the service's id of the generation; null until it is known.</summary>
    [JsonPropertyName("taskId")]
    public string? ServiceId { get; init; }

    public decimal? CostUsd { get; init; }

    public CostState? CostState { get; init; }

    /// <summary>Gets the id of the generation that retries this one.</summary>
    public string? RetriedAs { get; init; }

    /// <summary>Gets the time at which the next step is due; while a step runs, the time at which its claim expires.</summary>
    [JsonIgnore]
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Gets the number of updates, by which the store detects concurrent writers.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    [JsonIgnore]
    public bool IsOver => State is GenerationState.Done or GenerationState.Failed;

    [JsonIgnore]
    public bool CanRetry => State is GenerationState.Failed && RetriedAs is null;

    public Generation Fail(string reason, DateTimeOffset now) =>
        this with { State = GenerationState.Failed, Reason = reason, FinishedAt = now };
}
