using System.Collections.ObjectModel;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using System.Text.Json;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>Represents a generation, as the service last described it. It can be serialized with System.Text.Json, to store and resume it.</summary>
[JsonConverter(typeof(WanJsonConverter))]
public sealed record VideoGeneration
{
    /// <summary>Gets the id of the generation. It may contain slashes and colons.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Gets the status of the generation, which alone determines whether it succeeded; an <see cref="Error"/> of a complete generation does not.
    /// </summary>
    public GenerationStatus Status { get; init; }

    /// <summary>Gets all videos of the generation.</summary>
    /// <value>The videos; empty until the generation is complete.</value>
    public IReadOnlyList<GeneratedVideo> Videos { get; init; } = [];

    /// <summary>Gets the first of <see cref="Videos"/>.</summary>
    /// <value>The video; null until the generation is complete.</value>
    public GeneratedVideo? Video => Videos.Count > 0 ? Videos[0] : null;

    /// <summary>Gets why the generation failed.</summary>
    /// <value>The error; null if there is none. It is meaningless unless the generation failed.</value>
    public GenerationError? Error { get; init; }

    /// <summary>Gets what the generation costs, as far as the response contains it. <see cref="IWanVideoClient.GetCostAsync"/> may find more.</summary>
    public GenerationCost Cost { get; init; } = GenerationCost.None;

    /// <summary>Gets the service's id of the HTTP request from which the generation was read, to quote to its support.</summary>
    /// <value>The id; null if the response had none.</value>
    public string? RequestId { get; init; }

    /// <summary>Gets the id under which the generation was submitted.</summary>
    /// <value>The id; null if the generation was read by its own id.</value>
    public string? ClientRequestId { get; init; }

    /// <summary>Gets the fields of the response that this library does not know.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Gets a value indicating whether the generation is complete and the address of its video is known.</summary>
    internal bool HasVideo => Status.IsSucceeded && Video?.Uri is not null;

    /// <summary>Gets a value indicating whether the generation has text of the service, which may repeat what it must not.</summary>
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

    /// <summary>Returns the id and the status, without the address of the video, which may be signed.</summary>
    public override string ToString() => $"{nameof(VideoGeneration)} {{ Id = {Id}, Status = {Status} }}";

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoGeneration));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoGeneration));
}
