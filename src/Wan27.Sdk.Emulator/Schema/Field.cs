using System.Text.Json;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Media;

namespace Wan27.Sdk.Emulator.Schema;

/// <summary>A field of a request and the validation of its value.</summary>
/// <param name="Name">The JSON name.</param>
/// <param name="Type">The JSON type, which the issue of a missing field contains.</param>
/// <param name="Check">Returns the issues of a value, or an empty sequence if it is valid.</param>
internal sealed record Field(
    string Name, string Type, Func<JsonElement, IReadOnlyDictionary<string, InlineMedia>, IEnumerable<JsonObject>> Check)
{
    public bool IsRequired { get; init; }

    public static Field Text(string name, int maximum = int.MaxValue, bool required = false) => new(name, "string", (value, _) =>
        value.ValueKind != JsonValueKind.String ? [ValidationIssue.WrongType(name, "string", value)]
        : required && value.GetString()!.Length == 0 ? [ValidationIssue.TooShort(name)]
        : value.GetString()!.Length > maximum ? [ValidationIssue.TooLong(name, maximum)]
        : [])
    {
        IsRequired = required,
    };

    public static Field Choice(string name, params string[] options) => new(name, "string", (value, _) =>
        value.ValueKind != JsonValueKind.String ? [ValidationIssue.WrongType(name, "string", value)]
        : options.Contains(value.GetString(), StringComparer.Ordinal) ? []
        : [ValidationIssue.NotAllowed(name, options, value.GetString()!)]);

    public static Field Choice(string name, params int[] options) => new(name, "integer", (value, _) => CheckInteger(
        name,
        value,
        number => options.Any(option => option == number) ? [] : [ValidationIssue.NotAllowed(name, options, number)]));

    public static Field Integer(string name, int minimum, int maximum) => new(name, "integer", (value, _) => CheckInteger(
        name,
        value,
        number => number >= minimum && number <= maximum ? [] : [ValidationIssue.OutOfRange(name, minimum, maximum)]));

    public static Field Boolean(string name) => new(name, "boolean", (value, _) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [ValidationIssue.WrongType(name, "boolean", value)]);

    public static Field Image(string name, bool required = false) =>
        SingleMedia(name, "an image", MediaSignature.IsImage, required);

    public static Field Audio(string name) => SingleMedia(name, "an audio file", MediaSignature.IsAudio, required: false);

    public static Field Images(string name, int maximum) => MediaArray(name, maximum, "an image", MediaSignature.IsImage);

    public static Field Videos(string name, int maximum) => MediaArray(name, maximum, "a video", MediaSignature.IsVideo);

    private static Field SingleMedia(string name, string kind, Signature hasSignature, bool required) =>
        new(name, "string", (value, inlineMedia) => CheckMedia(name, value, inlineMedia, kind, hasSignature))
        {
            IsRequired = required,
        };

    private static Field MediaArray(string name, int maximum, string kind, Signature hasSignature) =>
        new(name, "array", (value, inlineMedia) =>
            value.ValueKind != JsonValueKind.Array ? [ValidationIssue.WrongType(name, "array", value)]
            : value.GetArrayLength() > maximum ? [ValidationIssue.TooMany(name, maximum)]
            : value.EnumerateArray()
                .SelectMany((item, index) => CheckMedia($"{name}.{index}", item, inlineMedia, kind, hasSignature)));

    private static IEnumerable<JsonObject> CheckMedia(
        string name, JsonElement value, IReadOnlyDictionary<string, InlineMedia> inlineMedia, string kind, Signature hasSignature)
    {
        if (value.ValueKind != JsonValueKind.String)
            return [ValidationIssue.WrongType(name, "string", value)];

        var text = value.GetString()!;
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return inlineMedia.TryGetValue(text, out var media) && media.IsBase64 && hasSignature(media.Prefix.Span)
                ? []
                : [ValidationIssue.NotMedia(name, kind)];
        }

        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0;
        return isUrl ? [] : [ValidationIssue.NotUrl(name)];
    }

    private static IEnumerable<JsonObject> CheckInteger(
        string name, JsonElement value, Func<decimal, IEnumerable<JsonObject>> check)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return [ValidationIssue.WrongType(name, "integer", value)];

        return value.TryGetDecimal(out var number) && number == decimal.Truncate(number)
            ? check(number)
            : [ValidationIssue.WrongType(name, "integer", "float")];
    }

    private delegate bool Signature(ReadOnlySpan<byte> prefix);
}
