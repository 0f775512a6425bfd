using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk;

/// <summary>
/// Represents a request for any video model of the service, with its fields as the caller writes them. Submission, journal, waiting, download and
/// budget are those of the other types of request.
/// </summary>
/// <remarks>
/// The fields are checked only for what is common to all models: a model, text that JSON can contain, the client request id, and media that can be
/// read. The properties of <see cref="VideoGenerationRequest"/> are sent if they are set and <see cref="Fields"/> does not contain their name.
/// </remarks>
public sealed record VideoRequest : VideoGenerationRequest
{
    private readonly IReadOnlyDictionary<string, object?> fields = FieldValues.None;

    /// <summary>Initializes a request.</summary>
    /// <param name="model">The id of the model, such as <c>klingai/v2.5-turbo/pro/image-to-video</c>.</param>
    [SetsRequiredMembers]
    public VideoRequest(string model)
        : base(model) => Prompt = "";

    /// <summary>Initializes a request with fields from JSON. They are copied.</summary>
    /// <param name="model">The id of the model.</param>
    /// <param name="fields">The fields without <c>model</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fields"/> is null.</exception>
    [SetsRequiredMembers]
    public VideoRequest(string model, JsonObject fields)
        : this(model)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Fields = fields.ToDictionary(field => field.Key, object? (field) => field.Value, StringComparer.Ordinal);
    }

    /// <summary>Gets the fields by their names in the API, without <c>model</c>. They are copied when they are set.</summary>
    /// <value>
    /// Each value is null, a string, a <see cref="bool"/>, a number, a value type of this library such as <see cref="VideoDuration"/>, a
    /// <see cref="MediaSource"/>, a <see cref="JsonNode"/>, or a list or a dictionary of such values. The default is empty.
    /// </value>
    public IReadOnlyDictionary<string, object?> Fields
    {
        get => fields;
        init => fields = FieldValues.Copy(value);
    }

    internal override Redactor Redactor => base.Redactor.With([.. FieldValues.Prose(Fields)]);

    internal override IEnumerable<MediaSource> MediaSources => FieldValues.Media(Fields).Select(found => found.Source);

    internal override object? FieldNamed(string name) => Fields.TryGetValue(name, out var value) ? value : CommonField(name);

    internal override void WriteFields(RequestFields body)
    {
        body.Add("model", Model);
        foreach (var name in CommonFields.Where(name => !Fields.ContainsKey(name) && CommonField(name) is not ""))
            body.Add(name, CommonField(name));
        foreach (var (name, value) in Fields)
            body.AddAsGiven(name, value);
    }

    // What is specific to a model is not known.
    private protected override void Check(RequestRules rules)
    {
        rules.Required(nameof(Model), Model);
        rules.Unicode(nameof(Prompt), Prompt);
        rules.Unicode(nameof(NegativePrompt), NegativePrompt);
        rules.ClientRequestId(nameof(ClientRequestId), ClientRequestId);
        rules.Fields(nameof(Fields), Fields);
    }
}
