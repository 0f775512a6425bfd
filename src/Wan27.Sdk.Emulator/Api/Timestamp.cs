using System.Globalization;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Formats a time as the service does: ISO 8601 in UTC with milliseconds.</summary>
internal static class Timestamp
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
