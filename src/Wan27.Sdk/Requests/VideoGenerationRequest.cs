using System.Runtime.Serialization;
using System.Text.Json.Nodes;
using Wan27.Sdk.Media;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Represents what the three types of request have in common. A property that is null is not sent, so that the default of the service applies. The
/// limits are those of the reference of <c>/v2/video/generations</c> and the published limits of the Wan 2.7 models.
/// </summary>
public abstract record VideoGenerationRequest
{
    private protected VideoGenerationRequest(string model) => Model = model;

    /// <summary>Gets the id of the model.</summary>
    /// <value>The default is the Wan 2.7 model of this type of request.</value>
    public string Model { get; init; }

    /// <summary>Gets what happens in the video. 1 to 5,000 characters; required.</summary>
    public required string Prompt { get; init; }

    /// <summary>Gets what must not appear in the video.</summary>
    /// <value>At most 500 characters if the model limits it. The default is null.</value>
    public string? NegativePrompt { get; init; }

    /// <summary>Gets the resolution: <c>720p</c> or <c>1080p</c>.</summary>
    /// <value>The default of the service is <c>1080p</c>.</value>
    public VideoResolution? Resolution { get; init; }

    /// <summary>Gets the duration: 5, 10 or 15 s.</summary>
    /// <value>The default of the service is 10 s, which it charges.</value>
    public VideoDuration? Duration { get; init; }

    /// <summary>Gets a value indicating whether the service may rewrite the prompt for a better result.</summary>
    /// <value>The default of the service is true.</value>
    public bool? EnhancePrompt { get; init; }

    /// <summary>Gets the random seed, for a result that can be repeated.</summary>
    /// <value>0 to 2,147,483,647. By default, the service chooses one.</value>
    public long? Seed { get; init; }

    /// <summary>Gets fields that this library does not know, which are sent as they are.</summary>
    /// <value>The default is null.</value>
    /// <remarks>A field with a known name replaces it.</remarks>
    public IReadOnlyDictionary<string, JsonNode?>? AdditionalProperties { get; init; }

    /// <summary>
    /// Gets the id under which the request is submitted (<c>X-Client-Request-Id</c>), with which
    /// <see cref="IWanVideoClient.FindGenerationsAsync"/> finds it.
    /// </summary>
    /// <value>
    /// 1 to 128 characters of <c>A-Z a-z 0-9 . _ : -</c>, because the API silently drops any other id. The default is a new id for each
    /// submission; create it with <see cref="NewClientRequestId"/> to know it before.
    /// </value>
    public string? ClientRequestId { get; init; }

    /// <summary>Gets what receives the progress of sending the request with its media, from 0 for each attempt.</summary>
    /// <value>The default is null.</value>
    public IProgress<TransferProgress>? UploadProgress { get; init; }

    /// <summary>Returns the request for a new attempt after its generation failed. Nothing is submitted.</summary>
    /// <remarks>
    /// The id of the new attempt is derived from that of the failed one: <c>order-17</c>, <c>order-17:attempt-2</c>, <c>order-17:attempt-3</c>. Whoever derives it,
    /// also after a crash or at the same time, has the same id, so that with a journal one generation is made for each attempt.
    /// </remarks>
    /// <param name="failure">The failure of this request's generation.</param>
    /// <returns>The request with the id of the next attempt.</returns>
    /// <exception cref="ArgumentException">The failure is that of another request, or neither of them has a client request id.</exception>
    public VideoGenerationRequest NextAttempt(WanGenerationFailedException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var failed = failure.ClientRequestId ?? ClientRequestId
            ?? throw new ArgumentException($"The client request id of generation '{failure.GenerationId}' is not known; set {nameof(ClientRequestId)}.", nameof(failure));
        if (ClientRequestId is not null && ClientRequestId != failed)
            throw new ArgumentException($"The generation that failed was submitted as '{failed}', and this request is '{ClientRequestId}'.", nameof(failure));
        return this with { ClientRequestId = ClientRequestIdFormat.NextAttempt(failed) };
    }

    /// <summary>Creates an id for a submission. It is unique, and ids sorted as text are sorted by time.</summary>
    /// <param name="timeProvider">The clock; null for the system's clock.</param>
    /// <returns>The id.</returns>
    public static string NewClientRequestId(TimeProvider? timeProvider = null) =>
        ClientRequestIdFormat.New(timeProvider ?? TimeProvider.System);

    /// <summary>
    /// Checks the request against all documented limits. Local media is opened and its headers are read; media at a URL is not. Nothing is sent.
    /// </summary>
    /// <returns>All problems: those of every request first, then those of this type; empty if there are none.</returns>
    public IReadOnlyList<RequestProblem> Validate()
    {
        using var media = new MediaSet();
        return Validate(media);
    }

    /// <summary>Returns the type of request and its plain settings, without the prompt and addresses.</summary>
    public sealed override string ToString() =>
        $"{GetType().Name} {{ Model = {Model}, Resolution = {Resolution}, Duration = {Duration}, ClientRequestId = {ClientRequestId} }}";

    /// <summary>Gets the redactor that knows the texts that the service must not repeat.</summary>
    internal virtual Redactor Redactor => new(Prompt, NegativePrompt);

    internal IReadOnlyList<RequestProblem> Validate(MediaSet media)
    {
        var rules = new RequestRules(media);
        Check(rules);
        return rules.Problems;
    }

    /// <summary>Gets all media of the request, in the order of the body.</summary>
    internal abstract IEnumerable<MediaSource> MediaSources { get; }

    /// <summary>Gets the names of the fields that every type of request has, without the model.</summary>
    private protected static IReadOnlyList<string> CommonFields { get; } =
        ["prompt", "resolution", "duration", "negative_prompt", "enhance_prompt", "seed"];

    /// <summary>Returns the value of a field on which the price may depend, with the default of the service; null if it is unknown.</summary>
    internal virtual object? FieldNamed(string name) => name switch
    {
        // The service billed 10 s at 1080p for requests without these fields.
        "resolution" => Resolution ?? VideoResolution.P1080,
        "duration" => Duration ?? VideoDuration.TenSeconds,
        _ => CommonField(name),
    };

    private protected object? CommonField(string name) => name switch
    {
        "model" => Model,
        "prompt" => Prompt,
        "resolution" => Resolution,
        "duration" => Duration,
        "negative_prompt" => NegativePrompt,
        "enhance_prompt" => EnhancePrompt,
        "seed" => Seed,
        _ => null,
    };

    private protected virtual void Check(RequestRules rules)
    {
        rules.Required(nameof(Model), Model);
        rules.Prompt(nameof(Prompt), Prompt);
        rules.Unicode(nameof(NegativePrompt), NegativePrompt);
        rules.Known(nameof(Resolution), Resolution);
        rules.Duration(nameof(Duration), Duration);
        rules.Seed(nameof(Seed), Seed);
        rules.ClientRequestId(nameof(ClientRequestId), ClientRequestId);
    }

    /// <summary>Writes the fields of the body, in the order of the API reference.</summary>
    internal abstract void WriteFields(RequestFields fields);

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoGenerationRequest));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoGenerationRequest));
}
