using System.Text.Json.Nodes;
using Wan27.Sdk.Conformance.Targets;

namespace Wan27.Sdk.Conformance.Statements;

/// <summary>The fields that an error names.</summary>
internal static class Issues
{
    /// <summary>Returns the names of the fields; null if the error names none.</summary>
    public static IReadOnlySet<string>? Of(Exchange exchange)
    {
        if (exchange.Json?["error"]?["data"] is not JsonArray { Count: > 0 } issues)
            return null;
        return issues.SelectMany(Fields).ToHashSet(StringComparer.Ordinal);
    }

    // {path: ["duration"], …} or, for an unknown field, {code: "unrecognized_keys", keys: ["name"], path: []}.
    private static IEnumerable<string> Fields(JsonNode? issue) =>
        Texts(issue?["path"]).Take(1).Concat(Texts(issue?["keys"]));

    private static IEnumerable<string> Texts(JsonNode? list) =>
        (list as JsonArray ?? []).OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : null).OfType<string>();
}
