using System.Text.Json;
using System.Text.Json.Nodes;
using Wan27.Sdk.Conformance.Statements;
using Wan27.Sdk.Conformance.Targets;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Conformance.Output;

/// <summary>The results and the exchanges as JSON, without keys, signatures and media.</summary>
internal static class JsonReport
{
    private static readonly string[] PrintedHeaders =
    [
        "accept-ranges", "content-length", "content-range", "content-type", "date", "etag", "retry-after", "x-aimlapi-credits-used",
        "x-aimlapi-usd-spent", "x-client-request-id", "x-inference-id", "x-request-id",
    ];

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static string Create(IReadOnlyList<Row> rows, Redactor redactor, Session emulator, Session? service)
    {
        var report = new JsonObject
        {
            ["statements"] = new JsonArray([.. rows.Select(Describe)]),
            ["spent_usd"] = service?.Gate.CommittedUsd ?? 0,
            ["posts"] = service?.Gate.Posts ?? 0,
            ["exchanges"] = new JsonObject
            {
                ["emulator"] = Describe(emulator, redactor),
                ["service"] = service is null ? null : Describe(service, redactor),
            },
        };
        return report.ToJsonString(Options);
    }

    private static JsonObject Describe(Row row) => new()
    {
        ["id"] = row.Statement.Id,
        ["statement"] = row.Statement.Text,
        ["source"] = ResultTable.Name(row.Statement.Certainty),
        ["cost"] = ResultTable.Name(row.Statement.Cost),
        ["differs"] = row.Differs,
        ["emulator"] = Describe(row.Emulator),
        ["service"] = Describe(row.Service),
    };

    private static JsonObject Describe(Observation observation) => new()
    {
        ["outcome"] = ResultTable.Name(observation.Outcome),
        ["value"] = observation.Value,
        ["detail"] = observation.Detail,
    };

    private static JsonArray Describe(Session session, Redactor redactor) =>
        [.. session.Exchanges.Select(exchange => Describe(exchange, redactor))];

    private static JsonObject Describe(Exchange exchange, Redactor redactor) => new()
    {
        ["method"] = exchange.Method,
        ["address"] = redactor.Redact(exchange.Address),
        ["status"] = exchange.Status,
        ["headers"] = new JsonObject(exchange.Headers
            .Where(header => PrintedHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key, redactor.Print(header.Value)))),
        ["body"] = redactor.Print(exchange.Body),
    };
}
