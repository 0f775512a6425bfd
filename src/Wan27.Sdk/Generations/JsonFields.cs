using System.Globalization;
using System.Text.Json;

namespace Wan27.Sdk.Generations;

/// <summary>
/// A JSON object taken apart field by field: what has been taken is known, what is left is kept for the caller.
/// A key that occurs twice counts with its last value.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> fields = [];

    public JsonFields(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            return;
        foreach (var property in json.EnumerateObject())
            fields[property.Name] = property.Value;
    }

    /// <summary>What nobody took, detached from the document that it was read from.</summary>
    /// <exception cref="InvalidOperationException">It holds text that is no Unicode, over which a caller would stumble later.</exception>
    public Dictionary<string, JsonElement> Rest()
    {
        foreach (var value in fields.Values)
            ReadThrough(value);
        return fields.ToDictionary(field => field.Key, field => field.Value.Clone());
    }

    public JsonElement? Take(string name) => fields.Remove(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>A field as text; a number or a structure as it is written in the document.</summary>
    public string? TakeText(string name) => Take(name) is { } value ? Text(value) : null;

    /// <summary>A field as an exact number; one that is out of range (<c>1e400</c>) or no number stays with the rest.</summary>
    public decimal? TakeNumber(string name)
    {
        if (!fields.TryGetValue(name, out var value))
            return null;
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : (decimal?)null,
            JsonValueKind.String => decimal.TryParse(
                value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ => null,
        };
        if (isNumber is not null || value.ValueKind is JsonValueKind.Null)
            fields.Remove(name);
        return isNumber;
    }

    /// <summary>Puts a field back among the rest, such as the unknown part of one that was taken.</summary>
    public void Keep(string name, JsonElement value) => fields[name] = value;

    public static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static void ReadThrough(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String)
            _ = value.GetString();
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                ReadThrough(item);
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                _ = property.Name;
                ReadThrough(property.Value);
            }
        }
    }
}
