using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace Wan27.Sdk.Generations;

/// <summary>
/// A JSON object taken apart field by field: what has been taken is known, what is left is kept for the caller.
/// A key that occurs twice counts with its last value.
/// </summary>
/// <remarks>An answer is read at each poll, so it is searched in place and nothing of it is copied that nobody asks for.</remarks>
internal sealed class JsonFields(JsonElement json)
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>A bit for each of the first 64 fields.</summary>
    private ulong taken;

    /// <summary>The names of those behind them, which no answer was seen to have.</summary>
    private HashSet<string>? takenLater;

    private Dictionary<string, JsonElement>? kept;

    /// <summary>What nobody took, detached from the document that it was read from.</summary>
    /// <exception cref="InvalidOperationException">It holds text that is no Unicode, over which a caller would stumble later.</exception>
    public IReadOnlyDictionary<string, JsonElement> Rest()
    {
        var rest = kept;
        var bit = 1UL;
        foreach (var field in Fields)
        {
            if (bit == 0 ? takenLater?.Contains(field.Name) is not true : (taken & bit) == 0)
                (rest ??= [])[field.Name] = field.Value;
            bit <<= 1;
        }

        if (rest is null)
            return Nothing;
        foreach (var value in rest.Values)
            ReadThrough(value);
        return rest.ToDictionary(field => field.Key, field => field.Value.Clone());
    }

    public JsonElement? Take(string name)
    {
        var value = Find(name, out var where, out var isLate);
        Remove(name, where, isLate);
        return value is { ValueKind: not JsonValueKind.Null } ? value : null;
    }

    /// <summary>A field as text; a number or a structure as it is written in the document.</summary>
    public string? TakeText(string name) => Take(name) is { } value ? Text(value) : null;

    /// <summary>A field as an exact number; one that is out of range (<c>1e400</c>) or no number stays with the rest.</summary>
    public decimal? TakeNumber(string name)
    {
        var value = Find(name, out var where, out var isLate);
        var number = value?.ValueKind switch
        {
            JsonValueKind.Number => value.Value.TryGetDecimal(out var exact) ? exact : (decimal?)null,
            JsonValueKind.String => decimal.TryParse(
                value.Value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var written) ? written : null,
            _ => null,
        };
        if (number is not null || value?.ValueKind is JsonValueKind.Null)
            Remove(name, where, isLate);
        return number;
    }

    /// <summary>Puts a field back among the rest, such as the unknown part of one that was taken.</summary>
    public void Keep(string name, JsonElement value) => (kept ??= [])[name] = value;

    private JsonElement.ObjectEnumerator Fields => json.ValueKind is JsonValueKind.Object ? json.EnumerateObject() : default;

    private void Remove(string name, ulong where, bool isLate)
    {
        taken |= where;
        if (isLate)
            (takenLater ??= []).Add(name);
    }

    private JsonElement? Find(string name, out ulong where, out bool isLate)
    {
        JsonElement? found = null;
        (where, isLate, var bit) = (0UL, false, 1UL);
        foreach (var field in Fields)
        {
            if (field.NameEquals(name))
                (found, where, isLate) = (field.Value, where | bit, isLate || bit == 0);
            bit <<= 1;
        }

        return found;
    }

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
