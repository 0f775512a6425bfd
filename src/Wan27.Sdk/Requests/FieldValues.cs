using System.Collections;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Requests;

/// <summary>The values that a caller can write into the fields of a request: their copy, their media and their text.</summary>
internal static class FieldValues
{
    /// <summary>As deep as System.Text.Json reads; a dictionary that contains itself has no end.</summary>
    public const int MaxDepth = 64;

    public static IReadOnlyDictionary<string, object?> None { get; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Copies lists and dictionaries, so that what was validated is what is sent.</summary>
    public static IReadOnlyDictionary<string, object?> Copy(IReadOnlyDictionary<string, object?>? fields) =>
        fields is null ? None : (IReadOnlyDictionary<string, object?>)Copy(fields, MaxDepth)!;

    /// <summary>Finds the media and where each is.</summary>
    public static IEnumerable<(string Path, MediaSource Source)> Media(IReadOnlyDictionary<string, object?> fields) =>
        Leaves(fields, "").Where(leaf => leaf.Value is MediaSource).Select(leaf => (leaf.Path, (MediaSource)leaf.Value!));

    /// <summary>Finds the text that a person wrote: prompts, and what has white space.</summary>
    public static IEnumerable<string> Prose(IReadOnlyDictionary<string, object?> fields) =>
        from leaf in Leaves(fields, "")
        let text = Text(leaf.Value)
        where text is not null && (leaf.Path.Contains("prompt", StringComparison.OrdinalIgnoreCase) || text.Any(char.IsWhiteSpace))
        select text;

    /// <summary>Lists the values that are neither lists nor dictionaries, with their paths.</summary>
    public static IEnumerable<(string Path, object? Value)> Leaves(object? value, string path) => value switch
    {
        IReadOnlyDictionary<string, object?> fields => fields.SelectMany(field => Leaves(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}")),
        object?[] items => items.SelectMany((item, index) => Leaves(item, $"{path}[{index}]")),
        JsonObject fields => fields.SelectMany(field => Leaves(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}")),
        JsonArray items => items.SelectMany((item, index) => Leaves(item, $"{path}[{index}]")),
        _ => [(path, value)],
    };

    public static string? Text(object? value) => value switch
    {
        string text => text,
        JsonValue json when json.GetValueKind() is JsonValueKind.String => json.ToString(),
        _ => null,
    };

    private static object? Copy(object? value, int depth) => value switch
    {
        _ when depth == 0 => new TooDeep(),
        JsonElement json => JsonNode.Parse(json.GetRawText()),
        JsonNode json => json.DeepClone(),
        IEnumerable<KeyValuePair<string, object?>> fields => fields.ToDictionary(field => field.Key, field => Copy(field.Value, depth - 1), StringComparer.Ordinal),
        IDictionary fields => fields.Keys.Cast<object>().ToDictionary(key => $"{key}", key => Copy(fields[key], depth - 1), StringComparer.Ordinal),
        string => value,
        IEnumerable items => items.Cast<object?>().Select(item => Copy(item, depth - 1)).ToArray(),
        _ => value,
    };

    /// <summary>Stands for what is nested too deeply, so that validation finds it.</summary>
    internal sealed class TooDeep;
}
