using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>
/// A generation as the server last described it. Read from any of the shapes in which the API answers, written in the documented one;
/// round-trips through System.Text.Json, so that it can be stored and resumed.
/// </summary>
[JsonConverter(typeof(WanJsonConverter))]
public sealed record VideoGeneration
{
    /// <summary>The server's id of the generation; opaque, may hold slashes and colons.</summary>
    public required string Id { get; init; }

    /// <summary>Where the generation stands. It alone decides; an <see cref="Error"/> beside <c>completed</c> does not.</summary>
    public GenerationStatus Status { get; init; }

    /// <summary>Gets all videos of the generation.</summary>
    /// <value>The videos; empty until the generation is complete.</value>
    public IReadOnlyList<GeneratedVideo> Videos { get; init; } = [];

    /// <summary>Gets the first of <see cref="Videos"/>.</summary>
    /// <value>The video; null until the generation is complete.</value>
    public GeneratedVideo? Video => Videos.Count > 0 ? Videos[0] : null;

    /// <summary>Why the generation failed; may be present without any meaning while it has not.</summary>
    public GenerationError? Error { get; init; }

    /// <summary>Gets what the generation costs, as far as the response contains it. <see cref="IWanVideoClient.GetCostAsync"/> may find more.</summary>
    public GenerationCost Cost { get; init; } = GenerationCost.None;

    /// <summary>Gets the service's id of the HTTP request from which the generation was read, to quote to its support.</summary>
    /// <value>The id; null if the response had none.</value>
    public string? RequestId { get; init; }

    /// <summary>The id under which the generation was submitted; null when it was read from a bare id.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Every field of the answer that this library does not know, as it came.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Gets whether the generation is complete and the address of its video is known.</summary>
    internal bool HasVideo => Status.IsSucceeded && Video?.Uri is not null;

    /// <summary>Whether the service told anything in words of its own, which may repeat what it must not.</summary>
    internal bool HasWords => Error is not null || ClientRequestId is not null || HasStrangeStatus;

    // Of one that means success or failure, no letter is touched.
    private bool HasStrangeStatus => Status.IsPending && !GenerationStatus.Known.Contains(Status);

    /// <summary>Creates a copy without the secrets that the service must not repeat.</summary>
    internal VideoGeneration Redacted(Redactor redactor) => this with
    {
        Status = HasStrangeStatus ? new GenerationStatus(redactor.Print(Status.Value)) : Status,
        Error = Error?.Redacted(redactor),
        ClientRequestId = redactor.IsId(ClientRequestId) ? ClientRequestId : null,
    };

    /// <summary>The id and the status; no address of the video, which may be signed.</summary>
    public override string ToString() => $"{nameof(VideoGeneration)} {{ Id = {Id}, Status = {Status} }}";
}
