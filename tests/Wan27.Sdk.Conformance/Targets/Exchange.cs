using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Conformance.Targets;

/// <summary>A request and its response.</summary>
internal sealed record Exchange
{
    public required string Method { get; init; }

    /// <summary>Gets the address without a query that could be a signature.</summary>
    public required string Address { get; init; }

    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Gets the body, complete: it must not be printed.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Gets the body of the request if it is short.</summary>
    public byte[]? RequestBody { get; init; }

    /// <summary>Gets a value indicating whether the body of the request was sent.</summary>
    public bool IsBodySent { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Gets the body as JSON; null if it is not a JSON object.</summary>
    public JsonObject? Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
