using System.Text.Json.Nodes;

namespace Wan27.Sdk.Account;

/// <summary>The fields of a request on which a price may depend, as the service sees them: with the caller's own fields and the defaults of the service.</summary>
internal static class PricedFields
{
    // The service billed 10 s at 1080p for requests without these fields.
    private static readonly VideoResolution DefaultResolution = VideoResolution.P1080;

    /// <summary>Returns the value as text; null if it is unknown.</summary>
    public static string? ValueOf(VideoGenerationRequest request, string field) =>
        request.AdditionalProperties?.TryGetValue(field, out var own) is true
            ? (own as JsonValue)?.ToString()
            : field switch
            {
                "model" => request.Model,
                "resolution" => (request.Resolution ?? DefaultResolution).ToString(),
                "duration" => (request.Duration ?? VideoDuration.TenSeconds).Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => null,
            };
}
