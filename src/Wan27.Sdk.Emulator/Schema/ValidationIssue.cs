using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Emulator.Schema;

/// <summary>Creates the entries of <c>error.data</c>, in the format of the service's validator.</summary>
internal static class ValidationIssue
{
    public static JsonObject Missing(string field, string expected) =>
        Create("invalid_type", "Required", field, ("expected", expected), ("received", "undefined"));

    public static JsonObject WrongType(string field, string expected, string received) =>
        Create(
            "invalid_type",
            $"Expected {expected}, received {received}",
            field,
            ("expected", expected),
            ("received", received));

    public static JsonObject WrongType(string field, string expected, JsonElement value) =>
        WrongType(field, expected, GetTypeName(value));

    public static JsonObject NotAllowed(string field, IEnumerable<string> options, string received)
    {
        var allowed = options.ToArray();
        var quoted = string.Join(" | ", allowed.Select(option => $"'{option}'"));
        var message = $"Invalid enum value. Expected {quoted}, received '{received}'";
        return Create("invalid_enum_value", message, field, ("options", Array(allowed)), ("received", received));
    }

    public static JsonObject NotAllowed(string field, IEnumerable<int> options, decimal received)
    {
        var allowed = options.ToArray();
        var number = received.ToString(CultureInfo.InvariantCulture);
        var message = $"Invalid value. Expected {string.Join(" | ", allowed)}, received {number}";
        return Create("invalid_enum_value", message, field, ("options", Array(allowed)), ("received", received));
    }

    public static JsonObject TooLong(string field, int maximum) =>
        Create("too_big", $"String must contain at most {maximum} character(s)", field, ("maximum", maximum), ("type", "string"));

    public static JsonObject TooShort(string field) =>
        Create("too_small", "String must contain at least 1 character(s)", field, ("minimum", 1), ("type", "string"));

    public static JsonObject TooMany(string field, int maximum) =>
        Create("too_big", $"Array must contain at most {maximum} element(s)", field, ("maximum", maximum), ("type", "array"));

    public static JsonObject OutOfRange(string field, long minimum, long maximum) => Create(
        "custom", $"Number must be between {minimum} and {maximum}", field, ("minimum", minimum), ("maximum", maximum));

    public static JsonObject NotUrl(string field) => Create("invalid_string", "Invalid url", field, ("validation", "url"));

    public static JsonObject NotMedia(string field, string kind) =>
        Create("custom", $"Expected {kind} as an absolute http(s) URL or as a base64 data URI of one", field);

    public static JsonObject Unrecognized(string field) =>
        Create("unrecognized_keys", $"Unrecognized key(s) in object: '{field}'", field, ("keys", Array([field])));

    public static JsonObject Custom(string field, string message) => Create("custom", message, field);

    private static JsonObject Create(string code, string message, string field, params (string Name, JsonNode? Value)[] details)
    {
        var issue = new JsonObject { ["code"] = code };
        foreach (var (name, value) in details)
            issue[name] = value;
        issue["path"] = CreatePath(field);
        issue["message"] = message;
        return issue;
    }

    // "image_urls.2" is an element: its index is a number in the path.
    private static JsonArray CreatePath(string field)
    {
        if (field.Length == 0)
            return [];

        var parts = field.Split('.');
        return parts.Length == 1 ? [parts[0]] : [parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)];
    }

    private static JsonArray Array(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static JsonArray Array(IEnumerable<int> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static string GetTypeName(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Undefined => "undefined",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
