using System.Text.Json.Nodes;
using Wan27.Sdk.Media;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>
/// Represents what the three types of request have in common. A property that is null is not sent, so that the default of the service applies. The
/// limits are those of the reference of <c>/v2/video/generations</c> and the published limits of the Wan 2.7 models.
/// </summary>
public abstract record VideoGenerationRequest
{
    private protected VideoGenerationRequest(string model) => Model = model;

    /// <summary>Gets the id of the model. Default: the Wan 2.7 model of this type of request.</summary>
    public string Model { get; init; }

    /// <summary>Gets what happens in the video. 1 to 5,000 characters; required.</summary>
    public required string Prompt { get; init; }

    /// <summary>Gets what must not appear in the video. At most 500 characters if the model limits it. Default: null.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Gets the resolution: <c>720p</c> or <c>1080p</c>. Default of the service: <c>1080p</c>.</summary>
    public VideoResolution? Resolution { get; init; }

    /// <summary>Gets the duration: 5, 10 or 15 s. Default of the service: 10 s, which it charges.</summary>
    public VideoDuration? Duration { get; init; }

    /// <summary>Gets whether the service may rewrite the prompt for a better result. Default of the service: true.</summary>
    public bool? EnhancePrompt { get; init; }

    /// <summary>Gets the random seed, for a result that can be repeated. 0 to 2,147,483,647. Default: the service chooses one.</summary>
    public long? Seed { get; init; }

    /// <summary>
    /// Gets fields that this library does not know, which are sent as they are. A field with a known name replaces it. Default: null.
    /// </summary>
    public IReadOnlyDictionary<string, JsonNode?>? AdditionalProperties { get; init; }

    /// <summary>
    /// Gets the id under which the request is submitted (<c>X-Client-Request-Id</c>), with which <see cref="IWanVideoClient.FindGenerationsAsync"/>
    /// finds it. 1 to 128 characters of <c>A-Z a-z 0-9 . _ : -</c>, because the API silently drops any other id. Default: a new id for each
    /// submission; create it with <see cref="NewClientRequestId"/> to know it before.
    /// </summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Gets what receives the progress of sending the request with its media, from 0 for each attempt. Default: null.</summary>
    public IProgress<TransferProgress>? UploadProgress { get; init; }

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
    internal Redactor Redactor => new(Prompt, NegativePrompt);

    internal IReadOnlyList<RequestProblem> Validate(MediaSet media)
    {
        var rules = new RequestRules(media);
        CheckCommon(rules);
        Check(rules);
        return rules.Problems;
    }

    /// <summary>Gets all media of the request, in the order of the body.</summary>
    internal abstract IEnumerable<MediaSource> MediaSources { get; }

    private protected abstract void Check(RequestRules rules);

    /// <summary>Writes the fields of the body, in the order of the API reference.</summary>
    internal abstract void WriteFields(RequestFields fields);

    private void CheckCommon(RequestRules rules)
    {
        rules.Required(nameof(Model), Model);
        rules.Prompt(nameof(Prompt), Prompt);
        rules.Unicode(nameof(NegativePrompt), NegativePrompt);
        rules.Known(nameof(Resolution), Resolution);
        rules.Duration(nameof(Duration), Duration);
        rules.Seed(nameof(Seed), Seed);
        rules.ClientRequestId(nameof(ClientRequestId), ClientRequestId);
    }
}
