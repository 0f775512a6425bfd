using System.Globalization;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Parses values of a query. A missing value takes its default.</summary>
internal static class QueryParameters
{
    public static bool TryParseNumber(string? text, int defaultValue, int minimum, int maximum, out int number)
    {
        number = defaultValue;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number >= minimum && number <= maximum);
    }

    public static bool TryParseTime(string? text, DateTimeOffset defaultValue, out DateTimeOffset time)
    {
        time = defaultValue;
        return text is null
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
