using System.Text.Json.Nodes;

namespace Wan27.Sdk.Account;

/// <summary>The fields of a request on which a price may depend, as the service sees them: with the caller's own fields and the defaults of the service.</summary>
internal static class PricedFields
{
    // What the service was seen to bill where nothing was asked for: 10 s at 1080p.
    private const string DefaultResolution = "1080p";

    /// <summary>Returns the value as text; null if it is unknown.</summary>
    public static string? ValueOf(VideoGenerationRequest request, string field) =>
        request.AdditionalProperties?.TryGetValue(field, out var own) is true
            ? (own as JsonValue)?.ToString()
            : field switch
            {
                "model" => request.Model,
                "resolution" => request.Resolution?.ToString() ?? DefaultResolution,
                "duration" => (request.Duration ?? VideoDuration.TenSeconds).Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => null,
            };
}
