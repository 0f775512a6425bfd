using System.Text.Json.Serialization;

namespace VideoStudio.Store;

/// <summary>One wish of a user's and what has become of it. Immutable: the store replaces one version by the next.</summary>
internal sealed record Generation
{
    /// <summary>A UUID; also the SDK's <see cref="VideoGenerationRequest.ClientRequestId"/>, under which the video is bought once.</summary>
    public required string Id { get; init; }

    public GenerationState State { get; init; }

    /// <summary>Why it failed or what it waits for, bounded by <see cref="ServiceText"/>; null if the state needs no explanation.</summary>
    public string? Reason
    {
        get;
        init => field = value is null ? null : ServiceText.Bound(value);
    }

    /// <summary><c>image</c>, <c>text</c> or <c>reference</c>.</summary>
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    public required string Resolution { get; init; }

    public required int Seconds { get; init; }

    public long? Seed { get; init; }

    /// <summary>The names of its pictures in the folder of uploads.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was first sent.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int Polls { get; init; }

    /// <summary>Steps that failed in a row.</summary>
    public int Troubles { get; init; }

    /// <summary>The service's id of the task; null until it is known.</summary>
    public string? TaskId { get; init; }

    public decimal? CostUsd { get; init; }

    public CostStatus? CostState { get; init; }

    /// <summary>The generation that a retry of this one became.</summary>
    public string? RetriedAs { get; init; }

    /// <summary>When its next step is due; while a step runs, when that counts as lost.</summary>
    [JsonIgnore]
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Counts the updates, so that of two writers one is told that it came late.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    [JsonIgnore]
    public bool IsOver => State is GenerationState.Done or GenerationState.Failed;

    [JsonIgnore]
    public bool CanRetry => State is GenerationState.Failed && RetriedAs is null;

    public Generation Fail(string reason, DateTimeOffset now) =>
        this with { State = GenerationState.Failed, Reason = reason, FinishedAt = now };
}
