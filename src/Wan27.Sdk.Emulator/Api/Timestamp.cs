using System.Globalization;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Writes a time as the service does: ISO 8601, UTC, milliseconds.</summary>
internal static class Timestamp
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
