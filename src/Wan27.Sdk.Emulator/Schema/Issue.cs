using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Emulator.Schema;

/// <summary>Makes the entries of <c>error.data</c>, in the words that the vendor's validator uses.</summary>
internal static class Issue
{
    public static JsonObject Missing(string field, string expected) =>
        Of("invalid_type", "Required", field, ("expected", expected), ("received", "undefined"));

    public static JsonObject WrongType(string field, string expected, string received) =>
        Of("invalid_type", $"Expected {expected}, received {received}", field, ("expected", expected), ("received", received));

    public static JsonObject WrongType(string field, string expected, JsonElement value) => WrongType(field, expected, NameOf(value));

    public static JsonObject NotOffered(string field, IEnumerable<string> options, string received)
    {
        var offered = options.ToArray();
        var message = $"Invalid enum value. Expected {string.Join(" | ", offered.Select(option => $"'{option}'"))}, received '{received}'";
        return Of("invalid_enum_value", message, field, ("options", Array(offered)), ("received", received));
    }

    public static JsonObject NotOffered(string field, IEnumerable<int> options, decimal received)
    {
        var offered = options.ToArray();
        var message = $"Invalid value. Expected {string.Join(" | ", offered)}, received {received.ToString(CultureInfo.InvariantCulture)}";
        return Of("invalid_enum_value", message, field, ("options", Array(offered)), ("received", received));
    }

    public static JsonObject TooLong(string field, int maximum) =>
        Of("too_big", $"String must contain at most {maximum} character(s)", field, ("maximum", maximum), ("type", "string"));

    public static JsonObject TooShort(string field) =>
        Of("too_small", "String must contain at least 1 character(s)", field, ("minimum", 1), ("type", "string"));

    public static JsonObject TooMany(string field, int maximum) =>
        Of("too_big", $"Array must contain at most {maximum} element(s)", field, ("maximum", maximum), ("type", "array"));

    public static JsonObject OutOfRange(string field, long minimum, long maximum) => Of(
        "custom", $"Number must be between {minimum} and {maximum}", field, ("minimum", minimum), ("maximum", maximum));

    public static JsonObject NotUrl(string field) => Of("invalid_string", "Invalid url", field, ("validation", "url"));

    public static JsonObject NotMedia(string field, string kind) =>
        Of("custom", $"Expected {kind} as an absolute http(s) URL or as a base64 data URI of one", field);

    public static JsonObject Unrecognized(string field) =>
        Of("unrecognized_keys", $"Unrecognized key(s) in object: '{field}'", field, ("keys", Array([field])));

    public static JsonObject Custom(string field, string message) => Of("custom", message, field);

    private static JsonObject Of(string code, string message, string field, params (string Name, JsonNode? Value)[] details)
    {
        var issue = new JsonObject { ["code"] = code };
        foreach (var (name, value) in details)
            issue[name] = value;
        issue["path"] = Path(field);
        issue["message"] = message;
        return issue;
    }

    // "image_urls.2" names an element: its index is a number in the path.
    private static JsonArray Path(string field)
    {
        if (field.Length == 0)
            return [];

        var parts = field.Split('.');
        return parts.Length == 1 ? [parts[0]] : [parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)];
    }

    private static JsonArray Array(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static JsonArray Array(IEnumerable<int> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Undefined => "undefined",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
