using System.Text.Json.Nodes;
using Wan27.Sdk.Media;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>
/// What the three kinds of request have in common. Immutable; a property left null is not sent, so the server's default stands.
/// Limits are the vendor's reference of <c>/v2/video/generations</c> and the published limits of the Wan 2.7 models.
/// </summary>
public abstract record VideoGenerationRequest
{
    private protected VideoGenerationRequest(string model) => Model = model;

    /// <summary>The model's id on the API. Default: the Wan 2.7 model of this kind of request.</summary>
    public string Model { get; init; }

    /// <summary>What should happen in the video. 1 to 5,000 characters; required.</summary>
    public required string Prompt { get; init; }

    /// <summary>What should not be in the video. At most 500 characters where the model limits it; default: nothing.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>The size of the picture. <c>720p</c> or <c>1080p</c>; the server's default is <c>1080p</c>.</summary>
    public VideoResolution? Resolution { get; init; }

    /// <summary>The length in seconds. 5, 10 or 15; the server's default is 10, which it bills.</summary>
    public VideoDuration? Duration { get; init; }

    /// <summary>Whether the server may rewrite the prompt for a better result. The server's default is true.</summary>
    public bool? EnhancePrompt { get; init; }

    /// <summary>The random seed, for a result that can be repeated. 0 to 2,147,483,647; default: the server's choice.</summary>
    public long? Seed { get; init; }

    /// <summary>
    /// Fields that this library does not know, sent as they are; one that bears a known field's name replaces it. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, JsonNode?>? AdditionalProperties { get; init; }

    /// <summary>
    /// The id under which the submission is sent (<c>X-Client-Request-Id</c>) and can be found again with <see cref="IWanVideoClient.FindGenerationsAsync"/>.
    /// 1 to 128 of <c>A-Z a-z 0-9 . _ : -</c>, as the API drops any other silently. Default: one is made for each submission;
    /// make it yourself with <see cref="NewClientRequestId"/> to know it beforehand.
    /// </summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Who is told how far the request, with its media, has been sent; anew with each attempt. Default: nobody.</summary>
    public IProgress<TransferProgress>? UploadProgress { get; init; }

    /// <summary>Makes an id for a submission: unique, and sorted as text it is sorted by time.</summary>
    /// <param name="timeProvider">Where the time comes from; null: the system's clock.</param>
    public static string NewClientRequestId(TimeProvider? timeProvider = null) =>
        ClientRequestIdFormat.New(timeProvider ?? TimeProvider.System);

    /// <summary>
    /// Checks the request against every documented limit; local media are opened and their headers read, those at an address are not.
    /// Nothing is sent.
    /// </summary>
    /// <returns>Every problem found, first of what all requests have in common, then of this kind; empty when there is none.</returns>
    public IReadOnlyList<RequestProblem> Validate()
    {
        using var media = new MediaSet();
        return Validate(media);
    }

    /// <summary>The kind of request and its plain settings; neither the prompt nor an address.</summary>
    public sealed override string ToString() =>
        $"{GetType().Name} {{ Model = {Model}, Resolution = {Resolution}, Duration = {Duration}, ClientRequestId = {ClientRequestId} }}";

    /// <summary>Gets what knows the texts that the service must not repeat.</summary>
    internal Redactor Redactor => new(Prompt, NegativePrompt);

    internal IReadOnlyList<RequestProblem> Validate(MediaSet media)
    {
        var rules = new RequestRules(media);
        CheckCommon(rules);
        Check(rules);
        return rules.Problems;
    }

    /// <summary>Every local file, stream or URL that the request sends, in the order of the body.</summary>
    internal abstract IEnumerable<MediaSource> MediaSources { get; }

    private protected abstract void Check(RequestRules rules);

    /// <summary>Writes the fields of the body, in the order of the vendor's reference.</summary>
    internal abstract void WriteFields(RequestFields fields);

    private void CheckCommon(RequestRules rules)
    {
        rules.Required(nameof(Model), Model);
        rules.Prompt(nameof(Prompt), Prompt);
        rules.Unicode(nameof(NegativePrompt), NegativePrompt);
        rules.OneOf(nameof(Resolution), Resolution?.ToString(), "720p", "1080p");
        rules.Duration(nameof(Duration), Duration);
        rules.Seed(nameof(Seed), Seed);
        rules.ClientRequestId(nameof(ClientRequestId), ClientRequestId);
    }
}
