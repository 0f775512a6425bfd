using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace Wan27.Sdk.Serialization;

/// <summary>
/// A JSON object taken apart field by field: what has been taken is known, what is left is kept for the caller.
/// A key that occurs twice counts with its last value, except in an id.
/// </summary>
internal sealed class JsonFields(JsonElement json)
{
    /// <summary>How many unknown fields are kept; each costs a document of its own.</summary>
    private const int MaxUnknown = 100;

    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = ReadOnlyDictionary<string, JsonElement>.Empty;

    private readonly List<string> taken = [];
    private Dictionary<string, JsonElement>? kept;

    private JsonElement.ObjectEnumerator Fields => json.ValueKind is JsonValueKind.Object ? json.EnumerateObject() : default;

    /// <summary>Gets the fields that were not taken, at most 100, detached from the document that they were read from.</summary>
    /// <exception cref="InvalidOperationException">A field contains text that is not Unicode, which would fail later when a caller reads it.</exception>
    public IReadOnlyDictionary<string, JsonElement> Rest()
    {
        var rest = kept;
        foreach (var field in Fields)
        {
            if (!IsTaken(field) && (rest ??= []).Count < MaxUnknown)
                rest[field.Name] = field.Value;
        }

        if (rest is null)
            return Nothing;
        foreach (var value in rest.Values)
            ReadThrough(value);
        return rest.ToDictionary(field => field.Key, field => field.Value.Clone());
    }

    /// <summary>Takes a field; null if it is missing or null.</summary>
    public JsonElement? Take(string name)
    {
        taken.Add(name);
        return Find(name);
    }

    /// <summary>Takes a field as text; a number or a structure as it is written in the document.</summary>
    public string? TakeText(string name) => Take(name) is { } value ? Text(value) : null;

    /// <summary>Takes a field that is a string; anything else stays with the rest.</summary>
    public string? TakeString(string name) => TakeIfRead(name, value => value.ValueKind is JsonValueKind.String ? value.GetString() : null);

    /// <summary>Takes a field as an exact number; one that is out of range (<c>1e400</c>) or not a number stays with the rest.</summary>
    public decimal? TakeNumber(string name) => TakeIfRead(name, Number);

    /// <summary>Takes a field as a number of bytes; one that is negative, fractional or out of range stays with the rest.</summary>
    public long? TakeSize(string name) =>
        TakeIfRead<long?>(name, value => Number(value) is >= 0 and <= long.MaxValue and var size && decimal.IsInteger(size) ? (long)size : null);

    /// <summary>Takes an id: a string that is not blank, or a number. Anything else counts as if it were missing.</summary>
    /// <param name="names">The names under which the id may be written.</param>
    /// <param name="expected">The id that it probably is, which is then not copied.</param>
    /// <exception cref="JsonException">Two different ids are written.</exception>
    public string? TakeId(ReadOnlySpan<string> names, string? expected = null)
    {
        string? id = null;
        foreach (var name in names)
        {
            taken.Add(name);
            foreach (var field in Fields)
            {
                if (!field.NameEquals(name) || Id(field.Value, expected) is not { } written)
                    continue;
                if (id is not null && id != written)
                    throw new JsonException($"it has two different values of {name}");
                id = written;
            }
        }

        return id;
    }

    /// <summary>Puts a field back among the rest, such as the unknown part of one that was taken.</summary>
    public void Keep(string name, JsonElement value) => (kept ??= [])[name] = value;

    public static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>Reads an id: a string that is not blank, or a number; null for anything else.</summary>
    /// <param name="value">The value; null for none.</param>
    /// <param name="expected">The id that it probably is, which is then not copied.</param>
    public static string? Id(JsonElement? value, string? expected = null) => value switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { ValueKind: JsonValueKind.String } text => expected is not null && text.ValueEquals(expected) ? expected
            : text.GetString() is { } id && !string.IsNullOrWhiteSpace(id) ? id : null,
        _ => null,
    };

    private bool IsTaken(JsonProperty field)
    {
        foreach (var name in taken)
        {
            if (field.NameEquals(name))
                return true;
        }

        return false;
    }

    private JsonElement? Find(string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private T? TakeIfRead<T>(string name, Func<JsonElement, T?> read)
    {
        var value = Find(name);
        var result = value is { } found ? read(found) : default;
        if (result is not null || value is null)
            taken.Add(name);
        return result;
    }

    private static decimal? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var exact) ? exact : null,
        JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var written) ? written : null,
        _ => null,
    };

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
