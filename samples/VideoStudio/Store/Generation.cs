using System.Text.Json.Serialization;

namespace VideoStudio.Store;

/// <summary>One generation: a row of the database, and as JSON what the page shows, without ids of the service.</summary>
internal sealed class Generation
{
    /// <summary>Gets the id, a UUID. It is also the SDK's <see cref="VideoGenerationRequest.ClientRequestId"/>, under which the video is bought once.</summary>
    public required string Id { get; init; }

    public required string Model { get; init; }
    public required string Prompt { get; init; }
    public string? NegativePrompt { get; init; }
    public required string Resolution { get; init; }
    public required int Seconds { get; init; }
    public long? Seed { get; init; }

    /// <summary>Gets the names of its images in the folder of uploads.</summary>
    [JsonIgnore]
    public List<string> Images { get; init; } = [];

    /// <summary>Gets or sets what each of its images is, and what was changed so that the service accepts it; null without images.</summary>
    public string? ImageDetails { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public GenerationState State { get; set; }

    /// <summary>Gets or sets the reason of a failure or a delay, bounded by <see cref="ServiceText"/>; null if the state needs no explanation.</summary>
    public string? Reason
    {
        get;
        set => field = value is null ? null : ServiceText.Bound(value);
    }

    public int Polls { get; set; }

    /// <summary>Gets or sets the service's id of the generation; null until it is known.</summary>
    [JsonIgnore]
    public string? ServiceId { get; set; }

    public decimal? CostUsd { get; set; }

    /// <summary>Gets or sets whether the cost is what was charged, <c>actual</c>, or <c>pending</c>; null before the submission.</summary>
    public string? CostState { get; set; }

    [JsonIgnore]
    public string? RetriedAs { get; set; }

    [JsonIgnore]
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Gets or sets how often the row was saved, by which a writer notices that another one was faster.</summary>
    [JsonIgnore]
    public int Version { get; set; }

    [JsonIgnore]
    public bool IsOver => State is GenerationState.Done or GenerationState.Failed;

    public bool CanRetry => State is GenerationState.Failed && RetriedAs is null;

    public string? PictureUrl => Images.Count > 0 ? $"/api/generations/{Id}/picture" : null;

    public string? VideoUrl => State is GenerationState.Done ? $"/api/generations/{Id}/video" : null;

    public void SetCost(GenerationCost cost)
    {
        CostState = cost.IsFinal ? "actual" : "pending";
        CostUsd = cost.Usd ?? CostUsd;
    }

    public VideoGenerationRequest ToRequest(DataFolder folder)
    {
        MediaSource[] images = [.. Images.Select(name => MediaSource.FromFile(folder.Image(name)))];
        VideoGenerationRequest request = Model switch
        {
            Models.Text => new TextToVideoRequest { Prompt = Prompt },
            Models.Reference => new ReferenceToVideoRequest { Prompt = Prompt, ReferenceImages = images },
            _ => new ImageToVideoRequest { Prompt = Prompt, Image = images.FirstOrDefault()! },
        };
        return request with
        {
            ClientRequestId = Id,
            NegativePrompt = NegativePrompt,
            Resolution = new VideoResolution(Resolution),
            Duration = new VideoDuration(Seconds),
            Seed = Seed,
        };
    }
}
