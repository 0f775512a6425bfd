using System.Text.Json;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Media;

namespace Wan27.Sdk.Emulator.Schema;

/// <summary>One field of a request: its name, whether it must be there, and what is wrong with a value of it.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Type">The JSON type, for the issue that says it is missing.</param>
/// <param name="Check">Yields what is wrong, or nothing.</param>
internal sealed record Field(string Name, string Type, Func<JsonElement, IReadOnlyDictionary<string, InlineMedia>, IEnumerable<JsonObject>> Check)
{
    public bool IsRequired { get; init; }

    public static Field Text(string name, int maximum = int.MaxValue, bool required = false) => new(name, "string", (value, _) =>
        value.ValueKind != JsonValueKind.String ? [Issue.WrongType(name, "string", value)]
        : required && value.GetString()!.Length == 0 ? [Issue.TooShort(name)]
        : value.GetString()!.Length > maximum ? [Issue.TooLong(name, maximum)]
        : [])
    {
        IsRequired = required,
    };

    public static Field Choice(string name, params string[] options) => new(name, "string", (value, _) =>
        value.ValueKind != JsonValueKind.String ? [Issue.WrongType(name, "string", value)]
        : options.Contains(value.GetString(), StringComparer.Ordinal) ? []
        : [Issue.NotOffered(name, options, value.GetString()!)]);

    public static Field Choice(string name, params int[] options) => new(name, "integer", (value, _) =>
        CheckInteger(name, value, number => options.Any(option => option == number) ? [] : [Issue.NotOffered(name, options, number)]));

    public static Field Integer(string name, int minimum, int maximum) => new(name, "integer", (value, _) =>
        CheckInteger(name, value, number => number >= minimum && number <= maximum ? [] : [Issue.OutOfRange(name, minimum, maximum)]));

    public static Field Boolean(string name) => new(name, "boolean", (value, _) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [Issue.WrongType(name, "boolean", value)]);

    public static Field Image(string name, bool required = false) => Single(name, "an image", MediaKind.IsImage, required);

    public static Field Audio(string name) => Single(name, "a sound", MediaKind.IsAudio, required: false);

    public static Field Images(string name, int maximum) => Several(name, maximum, "an image", MediaKind.IsImage);

    public static Field Videos(string name, int maximum) => Several(name, maximum, "a video", MediaKind.IsVideo);

    private static Field Single(string name, string kind, MagicBytes isKind, bool required) =>
        new(name, "string", (value, inlined) => CheckMedia(name, value, inlined, kind, isKind)) { IsRequired = required };

    private static Field Several(string name, int maximum, string kind, MagicBytes isKind) => new(name, "array", (value, inlined) =>
        value.ValueKind != JsonValueKind.Array ? [Issue.WrongType(name, "array", value)]
        : value.GetArrayLength() > maximum ? [Issue.TooMany(name, maximum)]
        : value.EnumerateArray().SelectMany((item, index) => CheckMedia($"{name}.{index}", item, inlined, kind, isKind)));

    private static IEnumerable<JsonObject> CheckMedia(string name, JsonElement value, IReadOnlyDictionary<string, InlineMedia> inlined, string kind, MagicBytes isKind)
    {
        if (value.ValueKind != JsonValueKind.String)
            return [Issue.WrongType(name, "string", value)];

        var text = value.GetString()!;
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return inlined.TryGetValue(text, out var media) && media.IsBase64 && isKind(media.Head.Span) ? [] : [Issue.NotMedia(name, kind)];

        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0;
        return isUrl ? [] : [Issue.NotUrl(name)];
    }

    private static IEnumerable<JsonObject> CheckInteger(string name, JsonElement value, Func<decimal, IEnumerable<JsonObject>> check)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return [Issue.WrongType(name, "integer", value)];

        return value.TryGetDecimal(out var number) && number == decimal.Truncate(number)
            ? check(number)
            : [Issue.WrongType(name, "integer", "float")];
    }

    private delegate bool MagicBytes(ReadOnlySpan<byte> head);
}
