using System.Globalization;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Account;

/// <summary>The fields of a request on which a price may depend, as the service sees them: with the caller's own fields and the defaults of the service.</summary>
internal static class PricedFields
{
    /// <summary>Returns the value as text; null if it is unknown.</summary>
    public static string? ValueOf(VideoGenerationRequest request, string field) =>
        request.AdditionalProperties?.TryGetValue(field, out var own) is true
            ? (own as JsonValue)?.ToString()
            : request.FieldNamed(field) switch
            {
                null or MediaSource => null,
                VideoDuration duration => duration.Seconds.ToString(CultureInfo.InvariantCulture),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                var value => value.ToString(),
            };
}
